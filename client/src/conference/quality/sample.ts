/**
 * How well media flows: what has changed between two looks at the browser's statistics of both transports. Pure.
 * A figure that the browser does not give, or that has to be measured first, is undefined.
 */
import type { PeerId, ProducerId, TrackSource } from '@vcallpe/shared';
import type { StatsEntry, StatsReports } from '../stats.ts';
import { readPath, selectedPair, type Path } from './path.ts';

export interface Look {
  send: StatsReports;
  recv: StatsReports;
}

/** What is being sent, as the sender knows it. */
export interface Sending {
  source: TrackSource;
  paused: boolean;
  /** How many simulcast layers there are. */
  layers: number;
  /** The highest that somebody receives, from 0; −1: nobody receives any. */
  layerWanted: number;
}

/** What is being received, as the server offered it. */
export interface Receiving {
  peerId: PeerId;
  producerId: ProducerId;
  source: TrackSource;
  /** How many simulcast layers the server may choose from. */
  layers: number;
}

export interface Streams {
  /** By the mid of each. */
  sent: ReadonlyMap<string, Sending>;
  /** By the id of each track. */
  received: ReadonlyMap<string, Receiving>;
}

interface Figures {
  bps?: number;
  /** Share of packets that did not arrive. */
  loss?: number;
  jitterMs?: number;
}

export interface Picture {
  width?: number;
  height?: number;
  fps?: number;
}

export interface Direction extends Figures {
  path?: Path;
}

export type Limitation = 'none' | 'cpu' | 'bandwidth' | 'other';

/** The picture is that of the largest layer that flows. */
export interface SentSample extends Sending, Figures, Picture {
  codec?: string;
  /** Why the encoder gives less than it could. */
  limitation: Limitation;
  /** The layers that flow, lowest first. */
  flowing: (Picture & { bps: number })[];
}

export interface ReceivedSample extends Receiving, Figures, Picture {
  codec?: string;
  /** Pictures that were decoded since the sample before. */
  frames?: number;
  /** Share of the time in which the picture stood still. */
  frozen?: number;
  /** How often it has stood still so far. */
  freezes?: number;
}

export interface LinkSample {
  send: Direction & {
    /** What the browser thinks there is room for, bps. */
    availableBps?: number;
  };
  recv: Direction;
  sent: SentSample[];
  received: ReceivedSample[];
}

export function sampleLink(before: Look, now: Look, streams: Streams): LinkSample {
  const sent = sentStreams(before.send, now.send, streams.sent);
  const received = receivedStreams(before.recv, now.recv, streams.received);
  return {
    send: {
      ...direction(before.send, now.send, 'bytesSent'),
      ...summary(sent.map(({ counts }) => counts)),
      availableBps: selectedPair(now.send)?.availableOutgoingBitrate,
    },
    recv: {
      ...direction(before.recv, now.recv, 'bytesReceived'),
      ...summary(received.map(({ counts }) => counts)),
    },
    sent: sent.map(({ sample }) => sample),
    received: received.map(({ sample }) => sample),
  };
}

/** What of one stream adds up with others. */
interface Counts {
  packets: number;
  lost: number;
  /** False: nobody has said how many were lost. */
  known: boolean;
  audio: boolean;
  jitterMs: number | undefined;
}

function direction(
  before: StatsReports,
  now: StatsReports,
  field: 'bytesSent' | 'bytesReceived',
): Pick<Direction, 'path' | 'bps'> {
  const pair = selectedPair(now);
  const earlier = pair && selectedPair(before);
  // Another pair has counted from its own beginning.
  const same = earlier?.id === pair?.id;
  return { path: readPath(now), bps: pair && earlier && same ? bpsOf(earlier, pair, field) : undefined };
}

/** The jitter is that of sound, where there is some: its packets are sent at an even pace, those of pictures in bursts. */
function summary(streams: readonly Counts[]): Pick<Figures, 'loss' | 'jitterMs'> {
  const known = streams.filter((each) => each.known);
  const packets = known.reduce((sum, each) => sum + each.packets, 0);
  const lost = known.reduce((sum, each) => sum + each.lost, 0);
  const moving = streams.filter((each) => each.packets > 0 && each.jitterMs !== undefined);
  const sound = moving.filter(({ audio }) => audio);
  const jitters = (sound.length > 0 ? sound : moving).map(({ jitterMs = 0 }) => jitterMs);
  return {
    loss: packets > 0 ? lost / packets : undefined,
    jitterMs: jitters.length > 0 ? Math.max(...jitters) : undefined,
  };
}

function sentStreams(before: StatsReports, now: StatsReports, sending: Streams['sent']) {
  const encodings = Map.groupBy(
    [...now].filter(([, { type }]) => type === 'outbound-rtp'),
    ([, { mid }]) => mid ?? '',
  );
  return [...sending].map(([mid, which]) => {
    const flowing: (Picture & { bps: number })[] = [];
    const each = (encodings.get(mid) ?? []).map(([id, entry]) => {
      const earlier = before.get(id);
      const bps = earlier && bpsOf(earlier, entry, 'bytesSent');
      if (bps) flowing.push({ bps, ...pictureOf(entry) });
      const remote = now.get(entry.remoteId ?? '');
      const packets = (earlier && grown(earlier, entry, 'packetsSent')) ?? 0;
      return {
        entry,
        bps,
        packets,
        lost: packets * (remote?.fractionLost ?? 0),
        known: remote?.fractionLost !== undefined,
        jitterMs: remote?.jitter === undefined ? undefined : remote.jitter * 1000,
      };
    });
    flowing.sort((a, b) => (a.height ?? 0) - (b.height ?? 0));
    const counts: Counts = {
      packets: each.reduce((sum, { packets }) => sum + packets, 0),
      lost: each.reduce((sum, { lost }) => sum + lost, 0),
      known: each.some(({ known }) => known),
      audio: isSound(which.source),
      jitterMs: each.find(({ jitterMs, packets }) => jitterMs !== undefined && packets > 0)?.jitterMs,
    };
    const measured = each.flatMap(({ bps }) => bps ?? []);
    const largest = flowing.at(-1);
    const sample: SentSample = {
      ...which,
      bps: measured.length > 0 ? measured.reduce((sum, bps) => sum + bps, 0) : undefined,
      ...summary([counts]),
      codec: codecOf(each[0]?.entry, now),
      limitation: limitationOf(each.map(({ entry }) => entry)),
      flowing,
      ...(largest && { width: largest.width, height: largest.height, fps: largest.fps }),
    };
    return { counts, sample };
  });
}

function receivedStreams(before: StatsReports, now: StatsReports, receiving: Streams['received']) {
  return [...now].flatMap(([id, entry]) => {
    const which = entry.type === 'inbound-rtp' && receiving.get(entry.trackIdentifier ?? '');
    if (!which) return [];
    const earlier = before.get(id);
    const received = (earlier && grown(earlier, entry, 'packetsReceived')) ?? 0;
    // A packet that comes after all is taken off again.
    const lost = Math.max(0, (entry.packetsLost ?? 0) - (earlier?.packetsLost ?? 0));
    const counts: Counts = {
      packets: earlier ? received + lost : 0,
      lost,
      known: entry.packetsLost !== undefined,
      audio: isSound(which.source),
      jitterMs: entry.jitter === undefined ? undefined : entry.jitter * 1000,
    };
    const bps = earlier && bpsOf(earlier, entry, 'bytesReceived');
    const sample: ReceivedSample = {
      ...which,
      bps,
      ...summary([counts]),
      codec: codecOf(entry, now),
      frames: earlier && grown(earlier, entry, 'framesDecoded'),
      frozen: earlier && frozenShare(earlier, entry),
      freezes: entry.freezeCount,
      // The browser tells the last picture's size, also when it was long ago.
      ...(bps ? pictureOf(entry) : {}),
    };
    return { counts, sample };
  });
}

type Counter =
  | 'bytesSent'
  | 'bytesReceived'
  | 'packetsSent'
  | 'packetsReceived'
  | 'framesDecoded'
  | 'totalFreezesDuration';

/** By how much a counter grew; undefined when it began anew. */
function grown(before: StatsEntry, now: StatsEntry, field: Counter): number | undefined {
  const by = (now[field] ?? NaN) - (before[field] ?? NaN);
  return by >= 0 ? by : undefined;
}

const elapsedMs = (before: StatsEntry, now: StatsEntry) => (now.timestamp ?? NaN) - (before.timestamp ?? NaN);

function bpsOf(
  before: StatsEntry,
  now: StatsEntry,
  field: 'bytesSent' | 'bytesReceived',
): number | undefined {
  const bytes = grown(before, now, field);
  const ms = elapsedMs(before, now);
  return bytes !== undefined && ms > 0 ? (bytes * 8000) / ms : undefined;
}

/** A long pause is counted as a freeze when it is over, hence the limit. */
function frozenShare(before: StatsEntry, now: StatsEntry): number | undefined {
  const seconds = grown(before, now, 'totalFreezesDuration');
  const ms = elapsedMs(before, now);
  return seconds !== undefined && ms > 0 ? Math.min(1, (seconds * 1000) / ms) : undefined;
}

function pictureOf({ frameWidth, frameHeight, framesPerSecond }: StatsEntry): Picture {
  return { width: frameWidth, height: frameHeight, fps: framesPerSecond };
}

const isSound = (source: TrackSource) => source === 'microphone' || source === 'screenAudio';

function codecOf(stream: StatsEntry | undefined, reports: StatsReports): string | undefined {
  return reports.get(stream?.codecId ?? '')?.mimeType?.split('/')[1];
}

function limitationOf(encodings: readonly StatsEntry[]): Limitation {
  const reasons = new Set(encodings.map(({ qualityLimitationReason }) => qualityLimitationReason));
  return (['bandwidth', 'cpu', 'other'] as const).find((reason) => reasons.has(reason)) ?? 'none';
}
