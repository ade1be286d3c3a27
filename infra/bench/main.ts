/** `npm run bench`: figures, not tests. Each writes its JSON under results/. */
import { prepareBrowserRun } from '../browser/prepare.ts';
import { missedAims } from './table.ts';

/** Loaded only when the worker is there: mediasoup reads where it is when it is imported. */
const BENCHES: Record<string, () => Promise<void>> = {
  join: async () => (await import('./join.ts')).benchJoin(),
  forwarding: async () => (await import('./forwarding/forwarding.ts')).benchForwarding(),
  grid: async () => (await import('./browser/grid.ts')).benchGrid(),
  budget: async () => (await import('./browser/budget.ts')).benchBudget(),
  'worker-death': async () => (await import('./worker-death.ts')).benchWorkerDeath(),
  churn: async () => (await import('./churn/churn.ts')).benchChurn(),
  rooms: async () => (await import('./large/rooms.ts')).benchRooms(),
  viewers: async () => (await import('./large/viewers.ts')).benchViewers(),
  storm: async () => (await import('./large/storm.ts')).benchStorm(),
  paging: async () => (await import('./large/paging.ts')).benchPaging(),
  upstream: async () => (await import('./large/upstream.ts')).benchUpstream(),
  onset: async () => (await import('./large/onset.ts')).benchOnset(),
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
if (missedAims() > 0) {
  console.error(`${missedAims()} aims are missed: the lines marked ✗ above`);
  process.exitCode = 1;
}
