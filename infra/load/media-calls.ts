/**
 * What a process that carries media can be asked, and what it tells. All of it is plain data, because it crosses from one
 * process to another. A participant is the same number in all of it.
 */
import type { DtlsParameters, RtpParameters } from '@vcallpe/shared';
import type { HistogramJson } from './media/histogram.ts';
import type { VideoLayer } from './media/publisher.ts';
import type { RemoteTransport } from './media/rtp-transport.ts';
import type { BandwidthEstimation, Subscription } from './media/subscriber.ts';
import type { Usage } from './usage.ts';

export interface Published {
  dtlsParameters: DtlsParameters;
  video?: RtpParameters;
  audio?: RtpParameters;
}

/** Counts of one stream in the window. Times are Unix time in ms. */
export interface StreamFigures {
  consumerId: string;
  packets: number;
  bytes: number;
  expected: number;
  lost: number;
  repaired: number;
  freezes: number;
  longestGapMs: number;
  lastPacketAtMs: number | undefined;
}

/** What one participant received in the window. */
export interface ReceivedFigures {
  /** When its process read them, Unix time in ms: others may have taken seconds longer to answer. */
  atMs: number;
  /** Those that are there now. */
  streams: StreamFigures[];
  /** The sum of those that have ended within the window. */
  ended: Omit<StreamFigures, 'consumerId' | 'lastPacketAtMs'>;
  latency: HistogramJson;
  authFailures: number;
}

/** What one participant sent in the window. */
export interface SentFigures {
  videoPackets: number;
  videoBytes: number;
  audioPackets: number;
  audioBytes: number;
  keyframes: number;
  keyframeRequests: number;
  resent: number;
  /** Packets that the transport could not take. */
  sendFailures: number;
}

export interface ProcessFigures {
  usage: Usage;
  sent: Record<number, SentFigures>;
  received: Record<number, ReceivedFigures>;
}

export interface MediaCalls {
  publish(input: {
    id: number;
    remote: RemoteTransport;
    video?: VideoLayer[];
    audio?: { speaking: boolean };
  }): Promise<Published>;
  setMaxSpatialLayer(input: { id: number; max: number }): void;
  setSpeaking(input: { id: number; speaking: boolean }): void;
  setPaused(input: { id: number; kind: 'audio' | 'video'; paused: boolean }): void;
  /** Ends sending. Undefined for one that sends nothing. */
  unpublish(input: { id: number }): SentFigures | undefined;

  subscribe(input: {
    id: number;
    remote: RemoteTransport;
    bandwidthEstimation: BandwidthEstimation;
  }): Promise<DtlsParameters>;
  add(input: { id: number; subscriptions: Subscription[] }): void;
  remove(input: { id: number; consumerIds: string[] }): void;
  /** Streams that begin again, and streams that stop on purpose: the gap is no freeze. */
  expect(input: { id: number; flowing: string[]; silent: string[] }): void;
  unsubscribe(input: { id: number }): ReceivedFigures | undefined;

  /** Resolves when both of the participant's transports that are here are up. */
  connected(input: { id: number }): Promise<void>;
  /** Figures count from here. */
  beginWindow(input: Record<never, never>): void;
  figures(input: Record<never, never>): ProcessFigures;
}

export type MediaMethod = keyof MediaCalls;
export type MediaInput<M extends MediaMethod> = Parameters<MediaCalls[M]>[0];
export type MediaOutput<M extends MediaMethod> = Awaited<ReturnType<MediaCalls[M]>>;

/** The first frame of a stream has come. Unix time in ms. */
export type FirstFrameListener = (id: number, consumerId: string, atMs: number) => void;

/** All consumers that bring nothing, when they are others than before. */
export type StalledListener = (id: number, consumerIds: string[]) => void;

/** Media in this process or in another one. */
export interface Media {
  readonly name: string;
  /** @throws what the call threw; when the process has ended, that it has. */
  call<M extends MediaMethod>(method: M, input: MediaInput<M>): Promise<MediaOutput<M>>;
  onFirstFrame: FirstFrameListener;
  onStalled: StalledListener;
  close(): Promise<void>;
}

/** Which process carries what. */
export interface MediaPool {
  /** Sends for this participant. */
  sender(id: number): Media;
  /** Receives for this participant. */
  receiver(id: number): Media;
  /** Each once. */
  readonly all: readonly Media[];
}
