/** `npm run lab [names]`: what happens to a meeting when its network does, in network namespaces on this machine. */
import { prepareBrowserRun } from '../browser/prepare.ts';
import { printTable } from '../bench/table.ts';
import { openLab } from './lab.ts';
import { whyNoLab } from './possible.ts';
import { runScenario } from './run.ts';
import { SCENARIOS } from './scenarios/index.ts';

const asked = process.argv.slice(2);
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
let missed = 0;
try {
  for (const scenario of SCENARIOS) {
    if (asked.length > 0 && !asked.includes(scenario.name)) continue;
    const { rows, story } = await runScenario(lab, scenario);
    const missedHere = rows.filter(({ ok }) => ok === false).length;
    missed += missedHere;
    printTable(`${scenario.name}: ${scenario.what}`, rows);
    if (missedHere > 0) console.log(story.join('\n'));
  }
} finally {
  await lab.close();
}
console.log(missed === 0 ? '✓ every aim reached' : `✗ ${missed} aims missed`);
process.exitCode = missed === 0 ? 0 : 1;
