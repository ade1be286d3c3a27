/** The media of many participants, in this process: a publisher and a subscriber for each. */
import { Histogram } from './media/histogram.ts';
import { LeanTransport } from './media/lean-transport.ts';
import { Publisher } from './media/publisher.ts';
import type { RtpTransport } from './media/rtp-transport.ts';
import type { StreamReport } from './media/stream-stats.ts';
import { Subscriber } from './media/subscriber.ts';
import type {
  FirstFrameListener,
  Media,
  MediaCalls,
  MediaInput,
  MediaMethod,
  MediaOutput,
  ReceivedFigures,
  SentFigures,
  StalledListener,
  StreamFigures,
} from './media-calls.ts';
import { wallClock } from './media/wall-clock.ts';
import { UsageMeter } from './usage.ts';

export interface MediaHostOptions {
  /** What each participant receives on: lean, unless said otherwise. */
  receiveTransport?: () => 'lean' | 'native' | RtpTransport;
}

interface Sending {
  publisher: Publisher;
  /** Before the window. */
  base: SentFigures;
}

interface Receiving {
  subscriber: Subscriber;
  consumerIds: Set<string>;
  ended: ReceivedFigures['ended'];
  latency: Histogram;
}

const NOTHING: ReceivedFigures['ended'] = {
  packets: 0,
  bytes: 0,
  expected: 0,
  lost: 0,
  repaired: 0,
  freezes: 0,
  longestGapMs: 0,
};

export class MediaHost implements Media {
  readonly name: string;
  onFirstFrame: FirstFrameListener = () => undefined;
  onStalled: StalledListener = () => undefined;
  readonly #receiveTransport: () => 'lean' | 'native' | RtpTransport;
  readonly #sending = new Map<number, Sending>();
  readonly #receiving = new Map<number, Receiving>();
  readonly #usage = new UsageMeter();
  readonly #calls: MediaCalls = {
    publish: async ({ id, remote, video, audio }) => {
      const publisher = new Publisher({ id, video, audio, transport: new LeanTransport() });
      this.#sending.set(id, { publisher, base: sentBy(publisher) });
      return {
        dtlsParameters: await publisher.start(remote),
        video: video && publisher.rtpParameters('video'),
        audio: audio && publisher.rtpParameters('audio'),
      };
    },
    setMaxSpatialLayer: ({ id, max }) => this.#sending.get(id)?.publisher.setMaxSpatialLayer(max),
    setSpeaking: ({ id, speaking }) => this.#sending.get(id)?.publisher.setSpeaking(speaking),
    setPaused: ({ id, kind, paused }) => this.#sending.get(id)?.publisher.setPaused(kind, paused),
    unpublish: ({ id }) => {
      const sending = this.#sending.get(id);
      if (!sending) return undefined;
      this.#sending.delete(id);
      sending.publisher.close();
      return sentInWindow(sending);
    },

    subscribe: ({ id, remote, bandwidthEstimation }) => {
      const subscriber = new Subscriber({ transport: this.#receiveTransport(), bandwidthEstimation });
      subscriber.onFirstFrame = (consumerId, atMs) => this.onFirstFrame(id, consumerId, wallClock(atMs));
      subscriber.onStalled = (consumerIds) => this.onStalled(id, consumerIds);
      this.#receiving.set(id, {
        subscriber,
        consumerIds: new Set(),
        ended: { ...NOTHING },
        latency: new Histogram(),
      });
      return subscriber.start(remote);
    },
    add: ({ id, subscriptions }) => {
      const receiving = this.#receiving.get(id);
      receiving?.subscriber.add(subscriptions);
      for (const { consumerId } of subscriptions) receiving?.consumerIds.add(consumerId);
    },
    remove: ({ id, consumerIds }) => {
      const receiving = this.#receiving.get(id);
      if (receiving) endStreams(receiving, consumerIds);
    },
    expect: ({ id, flowing, silent }) => {
      const subscriber = this.#receiving.get(id)?.subscriber;
      for (const consumerId of flowing) subscriber?.expectFirstFrame(consumerId);
      for (const consumerId of silent) subscriber?.expectSilence(consumerId);
    },
    unsubscribe: ({ id }) => {
      const receiving = this.#receiving.get(id);
      if (!receiving) return undefined;
      this.#receiving.delete(id);
      endStreams(receiving, [...receiving.consumerIds]);
      const figures = received(receiving);
      receiving.subscriber.close();
      return figures;
    },

    connected: async ({ id }) => {
      await Promise.all([
        this.#sending.get(id)?.publisher.connected,
        this.#receiving.get(id)?.subscriber.connected,
      ]);
    },
    beginWindow: () => {
      this.#usage.reset();
      for (const sending of this.#sending.values()) sending.base = sentBy(sending.publisher);
      for (const receiving of this.#receiving.values()) {
        receiving.subscriber.resetStats();
        receiving.ended = { ...NOTHING };
        receiving.latency.clear();
      }
    },
    figures: () => ({
      usage: this.#usage.read(),
      sent: Object.fromEntries([...this.#sending].map(([id, sending]) => [id, sentInWindow(sending)])),
      received: Object.fromEntries([...this.#receiving].map(([id, receiving]) => [id, received(receiving)])),
    }),
  };

  constructor(name: string, { receiveTransport = () => 'lean' }: MediaHostOptions = {}) {
    this.name = name;
    this.#receiveTransport = receiveTransport;
  }

  async call<M extends MediaMethod>(method: M, input: MediaInput<M>): Promise<MediaOutput<M>> {
    const handle = this.#calls[method] as (input: MediaInput<M>) => MediaOutput<M> | Promise<MediaOutput<M>>;
    return handle(input);
  }

  close(): Promise<void> {
    for (const { publisher } of this.#sending.values()) publisher.close();
    for (const { subscriber } of this.#receiving.values()) subscriber.close();
    this.#sending.clear();
    this.#receiving.clear();
    this.#usage.close();
    return Promise.resolve();
  }
}

/** Their figures would be gone with them, so they are added up first. */
function endStreams(receiving: Receiving, consumerIds: readonly string[]): void {
  const { subscriber, ended, latency } = receiving;
  for (const consumerId of consumerIds) {
    if (!receiving.consumerIds.delete(consumerId)) continue;
    const stream = subscriber.stats(consumerId);
    if (!stream) continue;
    ended.packets += stream.packets;
    ended.bytes += stream.bytes;
    ended.expected += stream.expected;
    ended.lost += stream.lost;
    ended.repaired += stream.repaired;
    ended.freezes += stream.freezes;
    ended.longestGapMs = Math.max(ended.longestGapMs, stream.longestGapMs);
    latency.addAll(stream.latency);
  }
  subscriber.remove(consumerIds);
}

function received({ subscriber, consumerIds, ended, latency }: Receiving): ReceivedFigures {
  const all = new Histogram();
  all.addAll(latency);
  const streams: StreamFigures[] = [];
  for (const consumerId of consumerIds) {
    const stream = subscriber.stats(consumerId);
    if (!stream) continue;
    all.addAll(stream.latency);
    streams.push(streamFigures(consumerId, stream));
  }
  const atMs = wallClock(performance.now());
  return { atMs, streams, ended, latency: all.toJSON(), authFailures: subscriber.authFailures };
}

function streamFigures(consumerId: string, stream: StreamReport): StreamFigures {
  const { packets, bytes, expected, lost, repaired, freezes, longestGapMs, lastPacketAtMs } = stream;
  return {
    consumerId,
    packets,
    bytes,
    expected,
    lost,
    repaired,
    freezes,
    longestGapMs,
    lastPacketAtMs: lastPacketAtMs === undefined ? undefined : wallClock(lastPacketAtMs),
  };
}

/** Since the beginning. */
function sentBy({ stats }: Publisher): SentFigures {
  const sum = (count: (layer: (typeof stats.video)[number]) => number) =>
    stats.video.reduce((total, layer) => total + count(layer), 0);
  return {
    videoPackets: sum(({ packets }) => packets),
    videoBytes: sum(({ bytes }) => bytes),
    audioPackets: stats.audio?.packets ?? 0,
    audioBytes: stats.audio?.bytes ?? 0,
    keyframes: sum(({ keyframes }) => keyframes),
    keyframeRequests: sum(({ keyframeRequests }) => keyframeRequests),
    resent: stats.resent,
    sendFailures: stats.sendFailures,
  };
}

function sentInWindow({ publisher, base }: Sending): SentFigures {
  const sent = sentBy(publisher);
  const keys = Object.keys(sent) as (keyof SentFigures)[];
  for (const key of keys) sent[key] -= base[key];
  return sent;
}
