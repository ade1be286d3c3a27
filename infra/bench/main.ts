/** `npm run bench`: figures, not tests. Each writes its JSON under results/. */
import { prepareBrowserRun } from '../browser/prepare.ts';
import { benchGrid } from './browser/grid.ts';
import { benchChurn } from './churn/churn.ts';
import { benchForwarding } from './forwarding/forwarding.ts';
import { benchJoin } from './join.ts';
import { benchOnset } from './large/onset.ts';
import { benchPaging } from './large/paging.ts';
import { benchRooms } from './large/rooms.ts';
import { benchStorm } from './large/storm.ts';
import { benchUpstream } from './large/upstream.ts';
import { benchViewers } from './large/viewers.ts';

const BENCHES: Record<string, () => Promise<void>> = {
  join: benchJoin,
  forwarding: benchForwarding,
  grid: benchGrid,
  churn: benchChurn,
  rooms: benchRooms,
  viewers: benchViewers,
  storm: benchStorm,
  paging: benchPaging,
  upstream: benchUpstream,
  onset: benchOnset,
};

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
