/** `npm run bench`: figures, not tests. Each writes its JSON under results/. */
import { prepareBrowserRun } from '../browser/prepare.ts';
import { benchJoin } from './join.ts';

const BENCHES: Record<string, () => Promise<void>> = { join: benchJoin };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(1);
}
await prepareBrowserRun();
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name)) await bench();
}
