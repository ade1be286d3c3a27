/** Random numbers that are the same in every run with the same seed. */

/** Mulberry32: 32 bits of state, good enough to choose tiles. @returns numbers in [0, 1) */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` different ones of `all`, each as likely as the others; all of them when there are fewer. */
export function sample<T>(all: readonly T[], count: number, random: () => number): T[] {
  const pool = [...all];
  const chosen: T[] = [];
  while (chosen.length < count && pool.length > 0) {
    const [taken] = pool.splice(Math.floor(random() * pool.length), 1);
    if (taken !== undefined) chosen.push(taken);
  }
  return chosen;
}
