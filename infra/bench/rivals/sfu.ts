/**
 * What the benchmarks ask of an SFU, whichever it is: one half runs it as processes of its own, the other half, in the
 * processes of the load, lets media in and out of it.
 */
import { NativeTransport } from '../../load/media/native-transport.ts';
import { Publisher } from '../../load/media/publisher.ts';
import type { Subscriber, SubscriberOptions } from '../../load/media/subscriber.ts';

/** Where an SFU is found: plain data, which goes from one process to another. */
export type SfuEntry =
  | { sfu: 'bare'; url: string }
  | { sfu: 'janus'; url: string; room: number }
  | { sfu: 'vcallpe'; url: string; roomCode: string };

export interface RunningSfu {
  readonly entry: SfuEntry;
  /** Every process that has a part in forwarding. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

export interface Rival {
  readonly name: string;
  /**
   * @param senders as many as will be connected
   * @throws SetupError when it can not be had on this machine
   */
  start(senders: number): Promise<RunningSfu>;
}

export interface Receiver {
  readonly subscriber: Subscriber;
  /** What it receives; `subscriber.stats` knows each. */
  readonly consumerIds: readonly string[];
}

export type Kind = 'audio' | 'video';

/** Somebody who sends, and is not connected yet. */
export interface Outgoing {
  /** Has this transport, which nobody has started. */
  sender: Pick<Publisher, 'start' | 'connected' | 'rtpParameters'>;
  transport: NativeTransport;
  kinds: readonly Kind[];
}

/** The way in, for one process. */
export interface SfuClient {
  /** Resolves when media flows to the SFU and others can receive it. */
  connectSender(outgoing: Outgoing): Promise<unknown>;
  /** Connects somebody who receives everything that `senders` senders send, each the two kinds. */
  connectReceiver(senders: number): Promise<Receiver>;
  close(): void;
}

/** Sender `index`, the same for every SFU: one tile of a gallery in a single layer, and a voice that never pauses. */
export function makeSender(index: number): Outgoing & { sender: Publisher } {
  const transport = new NativeTransport();
  const sender = new Publisher({
    id: index,
    video: [{ width: 640, height: 360, fps: 15, bps: 300_000 }],
    audio: { speaking: true },
    transport,
  });
  return { sender, transport, kinds: ['video', 'audio'] };
}

/** Feedback is the same for every SFU too; Janus knows REMB only. */
export const RECEIVING: SubscriberOptions = { transport: 'lean', bandwidthEstimation: 'remb' };
