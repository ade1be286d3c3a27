/** How news become a few sentences: what is of one topic is said together, and what hosts do comes before all else. */

/** A kind of news, and how several of them are said at once. */
export interface Topic<T> {
  sentences: (news: readonly T[]) => string[];
  /** An answer to what somebody did a moment ago, or what can't wait; not held back to be told with others. */
  atOnce?: true;
  /** Told before others, and not pushed off the screen by them. */
  first?: true;
}

/** Some news of one topic. */
export interface Told {
  topic: Topic<unknown>;
  news: unknown;
  /** Also for the eyes. What the page shows anyway is for the ears only. */
  shown: boolean;
}

export interface Sentence {
  text: string;
  shown: boolean;
  first: boolean;
}

export function told<T>(topic: Topic<T>, news: T, shown: boolean): Told {
  // Whatever is told under a topic is what it takes: this is the one place where they come together.
  return { topic: topic as Topic<unknown>, news, shown };
}

/** In the order in which each topic came up, those that go first before the others. */
export function sentencesOf(batch: readonly Told[]): Sentence[] {
  const byTopic = Map.groupBy(batch, ({ topic }) => topic);
  const sentences = [...byTopic].flatMap(([topic, all]) =>
    topic
      .sentences(all.map(({ news }) => news))
      .map((text) => ({ text, shown: all.some(({ shown }) => shown), first: topic.first === true })),
  );
  return [...sentences.filter(({ first }) => first), ...sentences.filter(({ first }) => !first)];
}

/** Of what is shown already and what is new, the newest `most`; what goes first is kept as long as there is anything else. */
export function kept<T extends { first: boolean }>(
  shown: readonly T[],
  fresh: readonly T[],
  most: number,
): T[] {
  const all = [...shown, ...fresh];
  while (all.length > most) {
    const ordinary = all.findIndex(({ first }) => !first);
    all.splice(Math.max(ordinary, 0), 1);
  }
  return all;
}
