import { sentencesOf, told, type Sentence, type Told, type Topic } from './batch.ts';

/** Things that happen within this time are one piece of news, ms. */
const BATCH_MS = 800;
/** About as long as it takes to read a sentence out, ms: in a storm the next one is not there before that. */
const BETWEEN_MS = 4_000;

/** Collects news, and hands them out as sentences, at a pace at which one can listen. */
export class Announcer {
  readonly #say: (sentences: readonly Sentence[]) => void;
  #waiting: Told[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #nextAt = 0;

  constructor(say: (sentences: readonly Sentence[]) => void) {
    this.#say = say;
  }

  tell<T>(topic: Topic<T>, news: T, shown: boolean): void {
    const one = told(topic, news, shown);
    if (topic.atOnce) {
      this.#say(sentencesOf([one]));
      // The rest comes after it.
      this.#nextAt = Math.max(this.#nextAt, performance.now() + BATCH_MS);
      return;
    }
    this.#waiting.push(one);
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(BATCH_MS, this.#nextAt - performance.now()));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #flush(): void {
    this.#timer = undefined;
    const sentences = sentencesOf(this.#waiting);
    this.#waiting = [];
    // Who came and went again is no news.
    if (sentences.length === 0) return;
    this.#nextAt = performance.now() + BETWEEN_MS;
    this.#say(sentences);
  }
}
