import { flowing, mediaAgain } from '../aims/media.ts';
import { samePeer } from '../aims/tiles.ts';
import type { Scenario } from '../scenario.ts';

export const workerKilled: Scenario = {
  name: 'worker-killed',
  what: 'kill -9 of the worker that carries the meeting',
  others: 1,
  steps: [{ afterMs: 3_000, does: ({ kill }) => kill('worker') }],
  watchMs: 7_000,
  aims: [mediaAgain(0, 3_000), samePeer, flowing],
};
