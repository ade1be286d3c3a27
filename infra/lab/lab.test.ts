/** The quick scenarios of the network lab, where the machine can be one; `npm run lab` plays all of them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openLab, type Lab } from './lab.ts';
import { whyNoLab } from './possible.ts';
import { runScenario } from './run.ts';
import { SCENARIOS } from './scenarios/index.ts';

const OPEN_WITHIN_MS = 240_000;
const PLAY_WITHIN_MS = 180_000;
/** A test asks whether media comes, and not when: that is for `npm run lab` on a machine that has nothing else to do. */
const PATIENCE = 3;

const quick = SCENARIOS.filter((scenario) => scenario.quick);
const obstacle = whyNoLab();

if (obstacle === undefined) {
  describe('the network lab', () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await openLab();
    }, OPEN_WITHIN_MS);
    afterAll(() => lab?.close(), OPEN_WITHIN_MS);

    it.each(quick.map((scenario) => [scenario.name, scenario.what, scenario] as const))(
      '%s: %s',
      async (_name, _what, scenario) => {
        const { rows, story } = await runScenario(lab, scenario, PATIENCE);
        const missed = rows.filter(({ ok, late }) => ok === false && !late);
        // The story is in the comparison, so that a failure tells it.
        expect({ missed, story: missed.length > 0 ? story : [] }).toEqual({ missed: [], story: [] });
      },
      PLAY_WITHIN_MS,
    );
  });
} else {
  describe('the network lab was NOT RUN', () => {
    it(`not run: ${obstacle}`, () => {
      console.warn(
        `\n!!! The network lab was not run: ${obstacle}.\n` +
          `!!! Not tested on this machine: ${quick.map(({ what }) => what).join('; ')}.\n`,
      );
      expect(quick.length).toBeGreaterThan(0);
    });
  });
}
