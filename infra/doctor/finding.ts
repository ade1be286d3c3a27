/** What a check has found, in words for whoever runs the service. */

/** `wrong` keeps people out of meetings, or soon will; `doubtful` is worth a look. */
export type Level = 'good' | 'doubtful' | 'wrong';

export interface Finding {
  /** What was looked at, in a few words. */
  check: string;
  level: Level;
  /** What is, in one sentence. Never holds a secret. */
  says: string;
  /** What to do about it, with the name of the setting. */
  remedy?: string;
}

/** Takes findings as they come. */
export type Tell = (finding: Finding) => void;

export const good = (check: string, says: string): Finding => ({ check, level: 'good', says });

export const doubtful = (check: string, says: string, remedy: string): Finding => ({
  check,
  level: 'doubtful',
  says,
  remedy,
});

export const wrong = (check: string, says: string, remedy: string): Finding => ({
  check,
  level: 'wrong',
  says,
  remedy,
});

/** The sentence of an error; `fetch` says only that it failed, and why is in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? cause.message || error.message : error.message;
}

/** Runs a check that should not throw, so that one that does is a finding and the others go on. */
export async function examine(check: string, tell: Tell, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell(
      wrong(
        check,
        `This could not be looked at: ${reasonOf(error)}.`,
        'Mend that, and run the doctor again.',
      ),
    );
  }
}
