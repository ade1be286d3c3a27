/**
 * `npm run lab [names] [--repeat N]`: what happens to a meeting when its network does, in network namespaces on this machine.
 */
import { parseArgs } from 'node:util';
import { prepareBrowserRun } from '../browser/prepare.ts';
import { openLab } from './lab.ts';
import { playPasses } from './passes.ts';
import { whyNoLab } from './possible.ts';
import { SCENARIOS } from './scenarios/index.ts';

const { positionals: asked, values } = parseArgs({
  options: { repeat: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const repeat = Number(values.repeat);
if (!Number.isInteger(repeat) || repeat < 1) {
  console.error(`--repeat is ${JSON.stringify(values.repeat)} and must be a whole number from 1 on.`);
  process.exit(1);
}
const unknown = asked.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  const names = SCENARIOS.map(({ name, what }) => `  ${name.padEnd(24)}${what}`);
  console.error(`There is no scenario ${unknown.join(', ')}. There are:\n${names.join('\n')}`);
  process.exit(1);
}
const obstacle = whyNoLab();
if (obstacle !== undefined) {
  console.error(`\n✗ The network lab was not run: ${obstacle}.`);
  process.exit(1);
}

await prepareBrowserRun();
const lab = await openLab();
const chosen = SCENARIOS.filter(({ name }) => asked.length === 0 || asked.includes(name));
let missed: number;
try {
  // What was asked for alone is no result of the whole.
  missed = await playPasses(lab, chosen, repeat, repeat > 1 && asked.length === 0);
} finally {
  await lab.close();
}
console.log(missed === 0 ? '✓ every aim reached' : `✗ ${missed} aims missed`);
process.exitCode = missed === 0 ? 0 : 1;
