/** From what each process counted to what each participant received, and the whole. Pure. */
import type { PeerId, ProducerId } from '@vcallpe/shared';
import {
  FLOWING_MS,
  GRACE_MS,
  sentMicrophone,
  voicesExpected,
  type TrackCount,
  type VideoLedger,
} from './expectation.ts';
import { Histogram } from './media/histogram.ts';
import type { ReceivedFigures, SentFigures, StreamFigures } from './media-calls.ts';
import type { Participant } from './participant.ts';
import type { Usage } from './usage.ts';

export interface Latency {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

/** What arrived, of one participant or of all. */
export interface Reception {
  video: TrackCount;
  audio: TrackCount;
  packets: number;
  bytes: number;
  /** By sequence numbers, with those that were lost. */
  expectedPackets: number;
  /** Never came, though asked for again. */
  lostPackets: number;
  /** Came only when asked for again. */
  repairedPackets: number;
  freezes: number;
  longestGapMs: number;
  /** From capture to arrival; undefined when nothing told it. */
  latency: Latency | undefined;
}

export interface ParticipantReception extends Reception {
  name: string;
  /** It left within the window. */
  left: boolean;
}

export interface ProcessUsage extends Usage {
  name: string;
}

export interface Measurement {
  seconds: number;
  participants: ParticipantReception[];
  total: Reception;
  sent: SentFigures;
  /** SRTP and SRTCP packets that were not authentic: our own fault, or the network's. */
  authFailures: number;
  processes: ProcessUsage[];
}

/** One participant and what its process counted. */
export interface Counted {
  name: string;
  left: boolean;
  video: TrackCount;
  audio: TrackCount;
  received: ReceivedFigures | undefined;
}

const NO_TRACKS: TrackCount = { expected: 0, received: 0, missing: [] };

/** Somebody who left: what it should have seen until then. */
export function countDeparted(
  name: string,
  ledger: VideoLedger | undefined,
  received: ReceivedFigures | undefined,
  atMs: number,
  nameOf: (id: PeerId) => string,
): Counted {
  ledger?.expect(new Map(), atMs);
  const video = ledger?.count(atMs, () => false, nameOf) ?? NO_TRACKS;
  return { name, left: true, video, audio: NO_TRACKS, received };
}

/** @param crowd everybody who is in, also the participant itself */
export function countPresent(
  participant: Participant,
  received: ReceivedFigures | undefined,
  crowd: readonly Participant[],
  nowMs: number,
): Counted {
  const { viewing } = participant;
  // What flows is as of the moment at which its own process looked.
  const atMs = received?.atMs ?? nowMs;
  const flowing = new Set<ProducerId>();
  for (const { consumerId, lastPacketAtMs } of received?.streams ?? []) {
    const producerId = viewing.producerOf(consumerId);
    if (producerId && lastPacketAtMs !== undefined && atMs - lastPacketAtMs <= FLOWING_MS)
      flowing.add(producerId);
  }
  const others = crowd.filter((other) => other !== participant && isSettled(other, atMs));
  const nameOf = (id: PeerId) => viewing.others.get(id)?.displayName ?? id;
  const video = viewing.ledger.count(atMs, (id) => flowing.has(id), nameOf);
  const counted = { name: participant.name, left: false, received };
  if (!isSettled(participant, atMs)) return { ...counted, video, audio: NO_TRACKS };

  // A tile that it was never told it could show is missing as well.
  const untold =
    Math.min(viewing.pageSize, others.filter(({ sendsVideo }) => sendsVideo).length) - viewing.page.length;
  for (let i = 0; i < untold; i += 1) video.missing.push('a tile for somebody it was never told of');
  return {
    ...counted,
    video: { ...video, expected: video.received + video.missing.length },
    audio: countVoices(participant, others, flowing),
  };
}

function countVoices(
  participant: Participant,
  others: readonly Participant[],
  flowing: ReadonlySet<ProducerId>,
): TrackCount {
  const { viewing } = participant;
  const speaking = others.filter((other) => other.speaking);
  const ours = new Set([participant, ...others].map(({ peerId }) => peerId));
  const foreign = participant.speakers.filter((peerId) => !ours.has(peerId)).length;
  const expected = voicesExpected(speaking.length, foreign);
  const heard = speaking.filter(({ peerId }) => {
    const microphone = peerId && sentMicrophone(viewing.others.get(peerId));
    return microphone !== undefined && flowing.has(microphone);
  });
  const received = Math.min(heard.length, expected);
  const silent = speaking.filter((other) => !heard.includes(other)).map(({ name }) => `voice of ${name}`);
  return { expected, received, missing: silent.slice(0, expected - received) };
}

/** Everything of it has had the time to begin. */
export function isSettled({ connectedAtMs }: Participant, atMs: number): boolean {
  return atMs - connectedAtMs > GRACE_MS;
}

export function receptionOf({ name, left, video, audio, received }: Counted): ParticipantReception {
  return { name, left, ...receptionFrom(video, audio, received ? [received] : []) };
}

export function totalOf(counted: readonly Counted[]): Reception {
  const sum = (tracks: readonly TrackCount[]): TrackCount => ({
    expected: tracks.reduce((total, { expected }) => total + expected, 0),
    received: tracks.reduce((total, { received }) => total + received, 0),
    missing: [],
  });
  return receptionFrom(
    sum(counted.map(({ video }) => video)),
    sum(counted.map(({ audio }) => audio)),
    counted.map(({ received }) => received).filter((received) => received !== undefined),
  );
}

function receptionFrom(
  video: TrackCount,
  audio: TrackCount,
  received: readonly ReceivedFigures[],
): Reception {
  const streams: Omit<StreamFigures, 'consumerId' | 'lastPacketAtMs'>[] = received.flatMap((each) => [
    ...each.streams,
    each.ended,
  ]);
  const sum = (field: 'packets' | 'bytes' | 'expected' | 'lost' | 'repaired' | 'freezes') =>
    streams.reduce((total, stream) => total + stream[field], 0);
  const latency = new Histogram();
  for (const each of received) latency.addAll(Histogram.from(each.latency));
  return {
    video,
    audio,
    packets: sum('packets'),
    bytes: sum('bytes'),
    expectedPackets: sum('expected'),
    lostPackets: sum('lost'),
    repairedPackets: sum('repaired'),
    freezes: sum('freezes'),
    longestGapMs: streams.reduce((longest, { longestGapMs }) => Math.max(longest, longestGapMs), 0),
    latency: latency.count === 0 ? undefined : latencyOf(latency),
  };
}

function latencyOf(histogram: Histogram): Latency {
  return { p50Ms: histogram.quantile(0.5), p95Ms: histogram.quantile(0.95), p99Ms: histogram.quantile(0.99) };
}

export function addSent(all: readonly SentFigures[]): SentFigures {
  const total: SentFigures = {
    videoPackets: 0,
    videoBytes: 0,
    audioPackets: 0,
    audioBytes: 0,
    keyframes: 0,
    keyframeRequests: 0,
    resent: 0,
    sendFailures: 0,
  };
  for (const sent of all)
    for (const key of Object.keys(total) as (keyof SentFigures)[]) total[key] += sent[key];
  return total;
}

/** Lost for good, of what should have come. */
export function lossPercent({ lostPackets, expectedPackets }: Reception): number {
  return expectedPackets > 0 ? (lostPackets / expectedPackets) * 100 : 0;
}
