/** One line of the doctor's page. */

/** `doubtful`: calls work, though something could be better. */
export type CheckStatus = 'waiting' | 'running' | 'good' | 'doubtful' | 'wrong';

export interface Verdict {
  status: 'good' | 'doubtful' | 'wrong';
  /** What is, in one sentence or two. */
  says: string;
  /** What to do about it. */
  next?: string;
}

export interface Check {
  id: CheckId;
  status: CheckStatus;
  /** What is being done, or what was found. A check of several things has a line for each. */
  findings: readonly Verdict[];
}

/** In the order in which they run. */
export const CHECK_IDS = ['browser', 'microphone', 'camera', 'service', 'path', 'quality', 'relays'] as const;
export type CheckId = (typeof CHECK_IDS)[number];

const ORDER = ['good', 'doubtful', 'wrong'] as const;

export const WAITING: readonly Check[] = CHECK_IDS.map((id) => ({ id, status: 'waiting', findings: [] }));

/** A check is as bad as the worst that was found. */
export function settle(id: CheckId, findings: readonly Verdict[]): Check {
  const worst = Math.max(0, ...findings.map(({ status }) => ORDER.indexOf(status)));
  return { id, status: ORDER[worst] ?? 'good', findings };
}
