/** Whether a pair of producer and consumer should flow, and if it does not, where its packets stop. */
import type { types } from 'mediasoup';
import type { MediaProducer, Peer } from './peer.ts';
import { isHeldBack, mayFlowWithRoom, type Held } from './receiving.ts';

/** Where the packets of a pair stop. */
export type Cause =
  /** The worker has the consumer paused, and nobody wanted that. */
  | 'consumerPaused'
  /** The worker has the producer paused, and nobody wanted that. */
  | 'producerPaused'
  /** Packets reach the producer and do not leave the consumer. */
  | 'notForwarded'
  /** Nothing at all comes from the publisher any more. */
  | 'publisherSilent'
  /** Other packets come from the publisher, none of this producer: it may have none to send, which only it knows. */
  | 'producerSilent'
  /** Packets leave the consumer and do not reach the client. */
  | 'notReceived'
  /** The same, and what else is sent to this client does reach it. */
  | 'oneNotReceived';

export interface Counters {
  /** ms */
  at: number;
  /** Packets that the producer got, and the bytes of its whole transport. */
  produced: number;
  fromPublisher: number;
  /** Packets that left the consumer. */
  consumed: number;
  /** From here to the client and back, ms; 0 while it has told nothing of it. */
  roundTripMs: number;
}

/** A layer is taken up again only with some room to spare, as mediasoup does. */
const HEADROOM = 1.25;

export function shouldFlow(peer: Peer, held: Held): boolean {
  return !isHeldBack(held) && isWanted(peer, held);
}

/** It should flow, if there is bandwidth for it. */
export function isWanted(peer: Peer, held: Held): boolean {
  const { consumer, producer, from } = held;
  const there = peer.channel.present && !peer.transportsLost && !from.transportsLost;
  return there && mayFlowWithRoom(held) && !consumer.closed && !producer.closed && !producer.paused;
}

/** @returns which half the worker has paused. What JavaScript believes of it may be wrong, so the worker is asked. */
export async function findPaused({
  consumer,
  producer,
}: Held): Promise<'consumerPaused' | 'producerPaused' | undefined> {
  const [consumed, produced] = await Promise.all([consumer.dump(), producer.dump()]);
  if (consumer.paused || consumed.paused) return 'consumerPaused';
  // Its owner may have paused it while the worker answered; then it does not have to flow.
  return produced.paused && !producer.paused ? 'producerPaused' : undefined;
}

/** @returns undefined when packets flow after all, or when that they do not may be as it should be */
export function diagnose(held: Held, before: Counters, now: Counters): Cause | undefined {
  const cause = whereItStops(before, now);
  // A share of a still window, or of one that makes no sound, sends next to nothing: its silence proves nothing about a path.
  if (isShare(held) && cause !== 'notForwarded') return undefined;
  // Who may be coming back is waited for, and can't be asked for anything.
  const askable = held.from.channel.present;
  return !askable && (cause === 'publisherSilent' || cause === 'producerSilent') ? undefined : cause;
}

function whereItStops(before: Counters, now: Counters): Cause {
  if (now.consumed > before.consumed) return 'notReceived';
  if (now.produced > before.produced) return 'notForwarded';
  return now.fromPublisher > before.fromPublisher ? 'producerSilent' : 'publisherSilent';
}

function isShare({ producer }: Held): boolean {
  return producer.appData.source === 'screen' || producer.appData.source === 'screenAudio';
}

/** Whether packets come to the consumer's own router. If not, and they come to the producer's, a pipe has stopped. */
export function reachesConsumer({ producerPaused, score }: types.Consumer): boolean {
  return !producerPaused && score.producerScores.some((each) => each > 0);
}

/** Whether mediasoup forwards nothing of this video because what the peer receives leaves no room for its lowest layer. */
export async function lacksBandwidth(peer: Peer, { producer, consumer }: Held): Promise<boolean> {
  if (producer.kind === 'audio') return false;
  // A layer is chosen, or nothing is there that one could be chosen of: then it is stuck, on however busy a link.
  if (consumer.currentLayers || !reachesConsumer(consumer)) return false;
  const [transport] = (await peer.recvTransport?.getStats()) ?? [];
  const available = transport?.availableOutgoingBitrate;
  // No estimate, no limit.
  if (!transport || available === undefined) return false;
  const bitrates = (await producer.getStats()).map(({ bitrate }) => bitrate).filter((bitrate) => bitrate > 0);
  return available - transport.sendBitrate < Math.min(...bitrates) * HEADROOM;
}

/** Less of it arrives at the client than here. */
export function isLostOnTheWay({ consumer: { score } }: Held): boolean {
  return score.score < score.producerScore;
}

/** How many packets have come of it. */
export async function packetsOf(producer: MediaProducer): Promise<number> {
  return sum(await producer.getStats());
}

export async function count({ consumer, producer, from }: Held, at: number): Promise<Counters> {
  const [produced, consumed, transport] = await Promise.all([
    packetsOf(producer),
    consumer.getStats(),
    from.sendTransport?.getStats(),
  ]);
  const outbound = consumed.filter(({ type }) => type === 'outbound-rtp') as types.ConsumerStat[];
  return {
    at,
    produced,
    consumed: sum(outbound),
    fromPublisher: transport?.[0]?.bytesReceived ?? 0,
    roundTripMs: Math.max(0, ...outbound.map(({ roundTripTime = 0 }) => roundTripTime)),
  };
}

function sum(stats: readonly { packetCount: number }[]): number {
  return stats.reduce((total, { packetCount }) => total + packetCount, 0);
}
