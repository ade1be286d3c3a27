/** The senders or the receivers of the bench `forwarding`: a process of its own, so that the SFU is measured alone. */
import { until } from '../../browser/wait.ts';
import { serve } from '../assistant.ts';
import { openClient } from '../rivals/clients.ts';
import type { Publisher } from '../../load/media/publisher.ts';
import { makeSender, type Receiver, type SfuClient, type SfuEntry } from '../rivals/sfu.ts';

/** As many connect at a time. Each takes the SFU and us a DTLS handshake; more at once would only time out. */
const CONCURRENT = 8;

/** RTP packets since the peers of this process were connected. */
export interface Totals {
  sent: number;
  received: number;
  /** Never arrived, not even when asked for again. */
  lost: number;
}

let client: SfuClient | undefined;
const publishers: Publisher[] = [];
const receivers: Receiver[] = [];

function opened(): SfuClient {
  if (!client) throw new Error('No SFU is opened');
  return client;
}

function streams() {
  return receivers.flatMap(({ subscriber, consumerIds }) => consumerIds.map((id) => subscriber.stats(id)));
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Connects `count` peers, a few at a time. */
async function inBatches<T>(count: number, connect: () => Promise<T>): Promise<T[]> {
  const peers: T[] = [];
  while (peers.length < count) {
    const batch = Array.from({ length: Math.min(CONCURRENT, count - peers.length) }, connect);
    peers.push(...(await Promise.all(batch)));
  }
  return peers;
}

const methods = {
  async open(entry: SfuEntry) {
    client = await openClient(entry);
  },

  async connectSenders(count: number) {
    const made = Array.from({ length: count }, (_, index) => makeSender(index));
    publishers.push(...made.map(({ sender }) => sender));
    for (const outgoing of made) await opened().connectSender(outgoing);
  },

  /** Resolves when every receiver gets packets of every stream. */
  async connectReceivers({ count, senders }: { count: number; senders: number }) {
    receivers.push(...(await inBatches(count, () => opened().connectReceiver(senders))));
    await until('every stream to flow', () => streams().every((stream) => (stream?.packets ?? 0) > 0));
  },

  /** Resolves when the senders have made up for the keyframes that everybody who came asked for: until then some SFUs get less. */
  async untilSteady() {
    await until('the senders to be steady', () => publishers.every(({ steady }) => steady), {
      withinMs: 180_000,
    });
  },

  totals(): Totals {
    const totals = { sent: 0, received: 0, lost: 0 };
    for (const { stats } of publishers) {
      totals.sent += sum(stats.video.map(({ packets }) => packets)) + (stats.audio?.packets ?? 0);
    }
    for (const stream of streams()) {
      totals.received += stream ? stream.packets + stream.repaired : 0;
      totals.lost += stream?.lost ?? 0;
    }
    return totals;
  },
};
export type PeerMethods = typeof methods;

serve(methods);
