export interface WaitOptions {
  /** Gives up after this, ms. Generous: it is there to end a failure, not to measure. */
  withinMs?: number;
  everyMs?: number;
}

/** What `ask` throws when no further asking will help. */
export class Hopeless extends Error {}

/**
 * Asks until the answer is truthy, and returns it. An error counts as "not yet".
 *
 * @throws with `what` and the last answer or error, when the time is up; Hopeless at once
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  { withinMs = 30_000, everyMs = 100 }: WaitOptions = {},
): Promise<NonNullable<T>> {
  const end = performance.now() + withinMs;
  let last: unknown;
  do {
    try {
      last = await ask();
      if (last) return last as NonNullable<T>;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  } while (performance.now() < end);
  throw new Error(
    `Waited ${withinMs} ms for: ${what}. Last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
    {
      cause: last,
    },
  );
}
