/** Clocks that disagree: tokens and TURN credentials live for a time, by the clock of who made them. */
import { doubtful, good, wrong, type Finding } from './finding.ts';

/** The HTTP Date header has whole seconds. */
const RESOLUTION_MS = 1_000;
/** The API and the SFU refuse each other's orders beyond this, ms. */
const WRONG_MS = 30_000;
const DOUBTFUL_MS = 5_000;

/** One look at another's clock. All in Unix time, ms. */
export interface ClockReading {
  askedMs: number;
  answeredMs: number;
  /** What the other said. */
  theirsMs: number;
  /** How coarse that is; a Date header is cut down to the second. */
  resolutionMs: number;
}

/** @returns undefined when the answer has no readable Date */
export function readDateHeader(
  date: string | null,
  askedMs: number,
  answeredMs: number,
): ClockReading | undefined {
  const theirsMs = Date.parse(date ?? '');
  return Number.isNaN(theirsMs) ? undefined : { askedMs, answeredMs, theirsMs, resolutionMs: RESOLUTION_MS };
}

/** By how much the other's clock is ahead, ms, at least; 0 when they may agree, negative when it is behind. */
export function skewMs({ askedMs, answeredMs, theirsMs, resolutionMs }: ClockReading): number {
  if (theirsMs > answeredMs) return theirsMs - answeredMs;
  return Math.min(0, theirsMs + resolutionMs - askedMs);
}

/** @param whose such as `the API's clock` @param against such as `this machine’s` */
export function judgeSkew(aheadMs: number, whose: string, against: string): Finding {
  const check = 'Clocks';
  const size = Math.abs(aheadMs);
  if (size < DOUBTFUL_MS) return good(check, `${whose} agrees with ${against}.`);
  const says = `${whose} is ${Math.round(size / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ${against}.`;
  const remedy =
    'Let NTP set both (timedatectl set-ntp true): tokens and TURN credentials expire by the clock.';
  return size > WRONG_MS ? wrong(check, says, remedy) : doubtful(check, says, remedy);
}
