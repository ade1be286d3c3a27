/** Where the next peer of a room goes. Pure: numbers in, a choice out. */

export interface Candidate {
  /** Share of what the worker should carry: 1 is its budget, more is too much. */
  readonly load: number;
  readonly draining: boolean;
}

/**
 * A room stays together while a worker that it uses is within its budget, because what crosses between workers is
 * paid for twice. After that it spreads to wherever there is most room.
 *
 * @param inUse workers on which the room has a router already
 * @returns undefined when every worker is draining, or there is none
 */
export function choosePlace<T extends Candidate>(
  workers: readonly T[],
  inUse: ReadonlySet<T>,
): T | undefined {
  const open = workers.filter((worker) => !worker.draining);
  const roomy = open.filter((worker) => inUse.has(worker) && worker.load < 1);
  return leastLoaded(roomy) ?? leastLoaded(open);
}

function leastLoaded<T extends Candidate>(workers: readonly T[]): T | undefined {
  return workers.reduce<T | undefined>(
    (least, worker) => (least === undefined || worker.load < least.load ? worker : least),
    undefined,
  );
}
