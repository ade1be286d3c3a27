/** What the figures of the last seconds mean for a conversation. Pure. */
import type { PeerId } from '@vcallpe/shared';
import type { LinkSample, ReceivedSample } from './sample.ts';

/** Above these a conversation suffers: ITU-T G.114 has 150 ms one way, and Opus conceals about 3 % well. */
export const RTT_WEAK_MS = 300;
export const LOSS_WEAK = 0.03;
export const LOSS_BAD = 0.15;
/** Shares of the time in which a picture stands still. One sample alone, which may be a pause that ended, does not reach them. */
const FROZEN_WEAK = 0.25;
const FROZEN_BAD = 0.6;
/** Of so many samples the mean is taken: less would flicker, more would come late. */
const MEAN_OF = 5;
/** An encoder takes so many samples at most to find out at the beginning how much room there is. */
const LASTS = 10;
/** As many samples as are ever looked at. */
export const RECENT = LASTS;

export type Level = 'good' | 'weak' | 'bad';

export type Cause =
  | 'none'
  /** Answers come late. */
  | 'delay'
  /** There is no room for all of the picture that is sent, or for the pictures of others. */
  | 'bandwidthUp'
  | 'bandwidthDown'
  | 'lossUp'
  | 'lossDown';

export interface Verdict {
  level: Level;
  cause: Cause;
}

const WELL: Verdict = { level: 'good', cause: 'none' };
const RANK: Record<Level, number> = { good: 0, weak: 1, bad: 2 };

/** The worst of them, and of those that are as bad the first. */
export function worst(...verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (RANK[b.level] > RANK[a.level] ? b : a), WELL);
}

/** The better of two levels comes first. */
export const compareLevels = (a: Level, b: Level): number => RANK[a] - RANK[b];

/** How what this client sends gets away. @param samples the newest last */
export function judgeUplink(samples: readonly LinkSample[]): Verdict {
  const recent = samples.slice(-MEAN_OF);
  const short = samples.length >= LASTS && samples.slice(-LASTS).every(lacksRoom);
  const loss = mean(recent.map(({ send }) => send.loss));
  const rttMs = mean(recent.map(({ send, recv }) => (send.path ?? recv.path)?.rttMs));
  return worst(
    { level: byLimits(loss, LOSS_WEAK, LOSS_BAD), cause: 'lossUp' },
    { level: short ? 'weak' : 'good', cause: 'bandwidthUp' },
    { level: byLimits(rttMs, RTT_WEAK_MS, Infinity), cause: 'delay' },
  );
}

/** How what others send arrives. @param paused how many of their videos the server holds back */
export function judgeDownlink(samples: readonly LinkSample[], paused: number): Verdict {
  const loss = mean(samples.slice(-MEAN_OF).map(({ recv }) => recv.loss));
  return worst(
    { level: byLimits(loss, LOSS_WEAK, LOSS_BAD), cause: 'lossDown' },
    { level: paused > 0 ? 'weak' : 'good', cause: 'bandwidthDown' },
  );
}

/** How each of the others arrives here. @param isPaused whether the server holds a video back */
export function judgeOthers(
  samples: readonly LinkSample[],
  isPaused: (stream: ReceivedSample) => boolean,
): Map<PeerId, Level> {
  const streams = samples.slice(-MEAN_OF).flatMap(({ received }) => received);
  const level = (value: number | undefined, weak: number, bad: number): Verdict => ({
    level: byLimits(value, weak, bad),
    cause: 'none',
  });
  return new Map(
    [...Map.groupBy(streams, ({ peerId }) => peerId)].map(([peerId, own]) => {
      const verdicts = [...Map.groupBy(own, ({ producerId }) => producerId).values()].flatMap((each) => [
        level(mean(each.map(({ loss }) => loss)), LOSS_WEAK, LOSS_BAD),
        level(mean(each.map(({ frozen }) => frozen)), FROZEN_WEAK, FROZEN_BAD),
      ]);
      if (own.some(isPaused)) verdicts.push({ level: 'weak', cause: 'none' });
      return [peerId, worst(...verdicts).level];
    }),
  );
}

/** Somebody wants a larger picture than there is bandwidth for. */
function lacksRoom({ sent }: LinkSample): boolean {
  return sent.some(
    ({ paused, limitation, flowing, layerWanted }) =>
      !paused && limitation === 'bandwidth' && flowing.length <= layerWanted,
  );
}

function byLimits(value: number | undefined, weak: number, bad: number): Level {
  if (value === undefined || value <= weak) return 'good';
  return value > bad ? 'bad' : 'weak';
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : undefined;
}
