/** What the next layer of a picture takes, and who gets it. */
import type { types } from 'mediasoup';
import { isHeldBack, type Held } from './receiving.ts';

/** So much more than all that is sent has to be there before another layer is. Estimates overshoot. */
export const HEADROOM = 1.5;

/** A picture at less than its screen asks for, and what its next layer takes more than what flows, bps. */
export interface Step {
  readonly held: Held;
  readonly more: number;
  /** All of what flows comes through: only then do probes tell what else would. */
  readonly whole: boolean;
}

/** @returns what may be added to what is sent now, bps */
export function spareOf(available: number, used: number): number {
  return available / HEADROOM - used;
}

/** Who gets their next layer of what there is to spare, bps, the most important first. */
export function raised(steps: readonly Step[], spare: number): Step[] {
  return byPriority(steps).filter(({ more, whole }) => {
    if (!whole || more > spare) return false;
    spare -= more;
    return true;
  });
}

export function byPriority(steps: readonly Step[]): Step[] {
  return [...steps].sort((a, b) => b.held.priority - a.held.priority);
}

export async function stepOf(held: Held): Promise<Step> {
  const { consumer, producer, maxLayer } = held;
  const stats = await producer.getStats();
  // It begins with the lowest frame rate of the lowest layer, and there is nothing of it that could fail to come through.
  if (isHeldBack(held)) return { held, more: lowestOf(stats), whole: true };
  const bitrates = bitratesOf(stats, producer.rtpParameters);
  const { currentLayers: current, preferredLayers: preferred } = consumer;
  // Where nothing flows, the lowest layer comes by itself as soon as there is room.
  const next = current ? maxLayer + 1 : 0;
  const whole = current?.spatialLayer === maxLayer && current.temporalLayer === preferred?.temporalLayer;
  // A layer of which nothing comes has no size to go by.
  const more = (bitrates[next] || Infinity) - (current ? (bitrates[current.spatialLayer] ?? 0) : 0);
  return { held, more: Math.max(more, 0), whole };
}

/** What the smallest picture takes that mediasoup would forward, bps: twice, for it begins with a keyframe. */
function lowestOf(stats: readonly types.ProducerStat[]): number {
  const rates = stats.map(({ bitrate, bitrateByLayer }) => bitrateByLayer['0.0'] || bitrate);
  return 2 * Math.min(...rates.filter((rate) => rate > 0));
}

/** By layer, lowest first, bps. Of a layer that is not sent there may be no statistics. */
function bitratesOf(
  stats: readonly types.ProducerStat[],
  { encodings = [] }: types.RtpParameters,
): (number | undefined)[] {
  return encodings.map(
    ({ rid, ssrc }) =>
      stats.find((each) => (rid === undefined ? each.ssrc === ssrc : each.rid === rid))?.bitrate,
  );
}
