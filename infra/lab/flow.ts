/** What a series of samples says about the flow of media: silences, and how long it took to come back. Pure. */
import { NOTHING, type Received, type Sample } from './sample.ts';
import type { Recording } from './scenario.ts';

/** One medium of one sender, as one receiver has it. */
export interface Flow {
  /** In words, such as `Ben's video at Mia`. */
  name: string;
  samples: readonly Sample[];
  kind: 'audio' | 'video';
  from: string;
}

/** A time in which nothing came, Unix times in ms. */
export interface Silence {
  from: number;
  /** When it came again; undefined when it did not. */
  to: number | undefined;
  /** For how long it is certain that nothing came, ms. A sample's own time is not, since it has come somewhere in it. */
  ms: number;
}

/**
 * Shorter pauses than these are no silence, ms. A voice sends a packet each 20 ms, and may rest between two words (DTX);
 * a camera on a busy machine skips frames, and a fifth of a second more is needed to decode again after a keyframe.
 */
const NOTICED_MS = { audio: 250, video: 1_000 };

export function receivedFrom(sample: Sample, name: string): Received {
  return sample.from[name] ?? NOTHING;
}

/** The silences that last beyond `since`, or begin later. */
export function silences({ samples, kind, from }: Flow, since: number): Silence[] {
  const found: Silence[] = [];
  const moves = (sample: Sample) =>
    kind === 'audio'
      ? receivedFrom(sample, from).audioPackets > 0
      : receivedFrom(sample, from).videoFrames > 0;
  let last = since;
  let before = since;
  const end = (quietUntil: number, to: number | undefined) => {
    const ms = quietUntil - Math.max(last, since);
    if (quietUntil > since && ms >= NOTICED_MS[kind]) found.push({ from: last, to, ms });
  };
  for (const sample of samples) {
    if (moves(sample)) {
      end(before, sample.at);
      last = sample.at;
    }
    before = sample.at;
  }
  end(before, undefined);
  return samples.length > 0 ? found : [{ from: since, to: undefined, ms: Infinity }];
}

/** The longest silence after `since`, ms; 0 without any. */
export function longestSilence(flow: Flow, since: number): number {
  return Math.max(0, ...silences(flow, since).map(({ ms }) => ms));
}

/**
 * How long after `since` it flowed again for good, ms: 0 when it never stopped, undefined when it did not come back.
 *
 * @param until silences that begin later have another cause; Unix time in ms
 */
export function flowsAgainAfter(flow: Flow, since: number, until = Infinity): number | undefined {
  const last = silences(flow, since).findLast(({ from }) => from < until);
  if (!last) return 0;
  return last.to === undefined ? undefined : last.to - since;
}

/** When the first of it came after `since`: a decoded frame, or sound that is no silence. Unix time in ms. */
export function firstAfter({ samples, kind, from }: Flow, since: number): number | undefined {
  return samples.find((sample) => {
    const { videoFrames, audioEnergy } = receivedFrom(sample, from);
    return sample.at >= since && (kind === 'video' ? videoFrames > 0 : audioEnergy > 1e-5);
  })?.at;
}

/** How often the width of the decoded video of `from` changed between two Unix times in ms. */
export function widthChanges(samples: readonly Sample[], from: string, since: number, until: number): number {
  const widths = samples
    .filter(({ at }) => at >= since && at <= until)
    .map((sample) => receivedFrom(sample, from).width)
    .filter((width) => width > 0);
  return widths.filter((width, i) => i > 0 && width !== widths[i - 1]).length;
}

/** Everything that should flow: the video of each to each, and the voices between Mia and Ben. */
export function allFlows({ mia, ben, everyone }: Recording): Flow[] {
  const flow = (kind: Flow['kind'], from: string, to: typeof mia): Flow => ({
    name: `${from}'s ${kind} at ${to.name}`,
    samples: to.samples,
    kind,
    from,
  });
  return [
    ...everyone.flatMap((to) =>
      everyone.filter((from) => from !== to).map((from) => flow('video', from.name, to)),
    ),
    flow('audio', mia.name, ben),
    flow('audio', ben.name, mia),
  ];
}
