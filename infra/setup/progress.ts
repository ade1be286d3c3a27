// How set-up speaks: one line for each step, and for each failure what happened and what to do about it.

/** A failure that the person at the keyboard can mend: what happened, and the remedy. */
export class SetupError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}

/** Lets a long step show how far it is, such as `120/281`. */
export type Report = (detail: string) => void;

/** What a step's work came to: a word for its line ("built", "up to date") and the value that the caller wants. */
export interface Outcome<T> {
  outcome: string;
  value: T;
}

/** Between two lines of progress where the output is not a terminal, so that a log stays readable. */
const PLAIN_REPORT_INTERVAL_MS = 15_000;

/** Times shorter than this say nothing and are left out of the line. */
const NOTEWORTHY_MS = 500;

/** `2.4 s`, and without the fraction from 100 s on. */
export function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 100_000 ? 1 : 0)} s`;
}

/**
 * Runs one step of set-up and prints its line: `▸ mediasoup worker … built in 251 s`.
 * On a terminal a report rewrites the line; elsewhere it is printed now and then. Whatever the work throws passes through.
 */
export async function step<T>(name: string, work: (report: Report) => Promise<Outcome<T>>): Promise<T> {
  const out = process.stdout;
  const head = `▸ ${name} … `;
  const startedAt = performance.now();
  let lastReportAt = startedAt;
  const report: Report = (detail) => {
    if (out.isTTY) {
      out.write(`\r\x1b[K${head}${detail}`);
    } else if (performance.now() - lastReportAt >= PLAIN_REPORT_INTERVAL_MS) {
      lastReportAt = performance.now();
      out.write(`${detail} … `);
    }
  };
  const end = (outcome: string, preposition: string): void => {
    const elapsed = performance.now() - startedAt;
    const time = elapsed < NOTEWORTHY_MS ? '' : ` ${preposition} ${formatSeconds(elapsed)}`;
    out.write(`${out.isTTY ? `\r\x1b[K${head}` : ''}${outcome}${time}\n`);
  };

  out.write(head);
  try {
    const { outcome, value } = await work(report);
    end(outcome, 'in');
    return value;
  } catch (error) {
    end('failed', 'after');
    throw error;
  }
}

/** Prints a failure: two plain lines for a SetupError, everything known for anything else. */
export function printFailure(error: unknown): void {
  if (error instanceof SetupError) console.error(`\n✗ ${error.message}\n  ${error.remedy}`);
  else console.error('\n✗ Set-up failed in a way it did not expect:\n', error);
}
