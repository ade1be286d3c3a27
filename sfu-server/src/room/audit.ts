/**
 * Media that should flow and does not. Clients tell which consumers bring nothing; what should flow, and where it stops,
 * only the server knows. Each such pair is repaired in steps, from the mildest.
 */
import type { types } from 'mediasoup';
import type { Repair } from '@vcallpe/shared';
import type { Peer } from './peer.ts';
import type { Held } from './receiving.ts';
import type { Room } from './room.ts';

/** How often stalled pairs are looked at while there are any, ms. */
const LOOK_EVERY_MS = 250;
/** Counters this far apart tell whether packets flow, ms: of silence (Opus DTX) there is one every 400 ms. */
const COUNTED_OVER_MS = 500;
/** After the last step a pair is left alone for so long, ms: whatever it is, repairing does not cure it. */
const REST_MS = 30_000;

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
  /** Packets leave the consumer and do not reach the client. */
  | 'notReceived';

export type Step = 'resume' | 'keyframe' | 'consumeAgain' | Repair;

/** What is done about each cause, the mildest first. */
export const STEPS: Record<Cause, readonly Step[]> = {
  consumerPaused: ['resume', 'consumeAgain'],
  producerPaused: ['resume'],
  notForwarded: ['keyframe', 'consumeAgain', 'openTransports'],
  publisherSilent: ['restartIce', 'openTransports'],
  notReceived: ['restartIce', 'openTransports'],
};

/** How long a step has to show that it helped, ms. A client whose restarted path stays silent opens another after 1 s. */
const HELPS_WITHIN_MS: Record<Step, number> = {
  resume: 800,
  keyframe: 500,
  consumeAgain: 1_200,
  restartIce: 1_500,
  openTransports: REST_MS,
};

/** A layer is taken up again only with some room to spare, as mediasoup does. */
const HEADROOM = 1.25;

interface Counters {
  /** ms */
  at: number;
  /** Packets that the producer got, and the bytes of its whole transport. */
  produced: number;
  fromPublisher: number;
  /** Packets that left the consumer. */
  consumed: number;
}

interface Suspect {
  readonly peer: Peer;
  readonly producerId: string;
  /** It does not flow because there is no bandwidth for it, which is no fault. */
  limited: boolean;
  counters: Counters | undefined;
  cause: Cause | undefined;
  steps: number;
  /** Not looked at before, ms. */
  notBefore: number;
}

export class MediaAudit {
  readonly #room: Room;
  readonly #onRepair: (cause: Cause, step: Step) => void;
  readonly #suspects = new Map<string, Suspect>();
  readonly #beingLookedAt = new Set<string>();
  readonly #stalled = new Map<Peer, readonly string[]>();
  /** Ids of the videos that each peer was told it has no bandwidth for. */
  readonly #toldLimited = new Map<Peer, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(room: Room, onRepair: (cause: Cause, step: Step) => void) {
    this.#room = room;
    this.#onRepair = onRepair;
  }

  /** Consumers of this peer that bring it nothing; replaces what it told before. */
  report(peer: Peer, consumerIds: readonly string[]): void {
    if (consumerIds.length === 0) this.#stalled.delete(peer);
    else {
      if (!this.#stalled.has(peer)) peer.onClosed(() => this.#forget(peer));
      this.#stalled.set(peer, consumerIds);
    }
    for (const id of this.#suspects.keys()) {
      if (![...this.#stalled.values()].some((ids) => ids.includes(id))) this.#suspects.delete(id);
    }
    this.#tellLimited();
    if (this.#stalled.size === 0) return this.close();
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
    // The sooner counting begins, the sooner there is something to compare.
    void this.#look();
  }

  #forget(peer: Peer): void {
    this.#stalled.delete(peer);
    this.#toldLimited.delete(peer);
    for (const [id, suspect] of this.#suspects) if (suspect.peer === peer) this.#suspects.delete(id);
  }

  /** Pairs that should flow, do not, and are being repaired. */
  get broken(): number {
    return [...this.#suspects.values()].filter(({ cause }) => cause).length;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    const looks = [...this.#stalled].flatMap(([peer, ids]) =>
      ids
        // A worker that is slow to answer is not asked twice, nor is anything repaired twice.
        .filter((id) => !this.#beingLookedAt.has(id))
        .map((id) => {
          this.#beingLookedAt.add(id);
          return this.#lookAt(peer, id)
            .catch((error: unknown) => {
              // It closed while it was looked at.
              peer.log.debug({ err: error }, 'audit');
            })
            .finally(() => this.#beingLookedAt.delete(id));
        }),
    );
    await Promise.all(looks);
    this.#tellLimited();
  }

  #tellLimited(): void {
    const limited = Map.groupBy(
      [...this.#suspects.values()].filter((suspect) => suspect.limited),
      ({ peer }) => peer,
    );
    for (const peer of new Set([...limited.keys(), ...this.#toldLimited.keys()])) {
      const producerIds = (limited.get(peer) ?? []).map(({ producerId }) => producerId).sort();
      if (producerIds.join() === (this.#toldLimited.get(peer) ?? '')) continue;
      if (producerIds.length > 0) this.#toldLimited.set(peer, producerIds.join());
      else this.#toldLimited.delete(peer);
      peer.channel.send('videoLimited', { producerIds });
    }
  }

  async #lookAt(peer: Peer, id: string): Promise<void> {
    const held = peer.receiving.heldBy(id);
    if (!held || !shouldFlow(peer, held)) {
      this.#suspects.delete(id);
      return;
    }
    const now = performance.now();
    const suspect = this.#suspects.get(id) ?? {
      peer,
      producerId: held.producer.id,
      limited: false,
      counters: undefined,
      cause: undefined,
      steps: 0,
      notBefore: 0,
    };
    this.#suspects.set(id, suspect);
    if (now < suspect.notBefore) return;
    const before = suspect.counters;
    if (before && now - before.at < COUNTED_OVER_MS) return;
    suspect.counters = await count(held, now);
    const paused = await findPaused(held);
    if (!before && !paused) return;
    let cause = paused ?? diagnose(before ?? suspect.counters, suspect.counters);
    suspect.limited = cause === 'notForwarded' && (await lacksBandwidth(peer, held));
    if (suspect.limited) cause = undefined;
    if (cause !== suspect.cause) {
      suspect.cause = cause;
      suspect.steps = 0;
    }
    const step = cause && stepsFor(cause, held)[suspect.steps];
    if (!cause || !step) {
      suspect.notBefore = cause ? now + REST_MS : 0;
      suspect.steps = 0;
      return;
    }
    suspect.steps += 1;
    suspect.counters = undefined;
    suspect.notBefore = now + HELPS_WITHIN_MS[step];
    peer.log.warn({ producer: held.producer.id, from: held.from.id, cause, step }, 'media repaired');
    this.#onRepair(cause, step);
    await this.#repair(peer, held, cause, step);
  }

  async #repair(peer: Peer, held: Held, cause: Cause, step: Step): Promise<void> {
    const { consumer, producer, from } = held;
    switch (step) {
      case 'resume':
        await (cause === 'producerPaused' ? producer : consumer).resume();
        return;
      case 'keyframe':
        if (consumer.kind === 'video') await consumer.requestKeyFrame();
        return;
      case 'consumeAgain':
        await this.#consumeAgain(peer, held);
        return;
      case 'restartIce':
      case 'openTransports': {
        if (cause === 'publisherSilent') {
          from.channel.send('repair', { direction: 'send', step });
          // Who has vanished without a word is not to stand still in front of the others for long.
          from.channel.probe();
        } else peer.channel.send('repair', { direction: 'recv', step });
      }
    }
  }

  /**
   * What comes through a pipe may have stopped there, and the pipe is kept while anybody uses it: so all who are at home
   * with this peer get it through a new one.
   */
  async #consumeAgain({ home, receiving }: Peer, { consumer, producer, from }: Held): Promise<void> {
    consumer.close();
    if (!home || home === from.home) return receiving.reconcile(this.#room);
    const neighbours = [...this.#room.peers.values()].filter((each) => each.home === home);
    for (const each of neighbours) each.receiving.consumerOf(producer.id)?.close();
    await Promise.all(neighbours.map((each) => each.receiving.reconcile(this.#room)));
  }
}

function stepsFor(cause: Cause, { consumer }: Held): readonly Step[] {
  return consumer.kind === 'audio' ? STEPS[cause].filter((step) => step !== 'keyframe') : STEPS[cause];
}

function shouldFlow(peer: Peer, { consumer, producer, from, active, ready }: Held): boolean {
  const there = peer.channel.present && !peer.transportsLost && !from.transportsLost;
  // A share of a still window, or of one that makes no sound, sends next to nothing, and that is as it should be.
  const steady = producer.appData.source !== 'screen' && producer.appData.source !== 'screenAudio';
  return there && active && ready && steady && !consumer.closed && !producer.closed && !producer.paused;
}

/** @returns which half the worker has paused. What JavaScript believes of it may be wrong, so the worker is asked. */
async function findPaused({
  consumer,
  producer,
}: Held): Promise<'consumerPaused' | 'producerPaused' | undefined> {
  const [consumed, produced] = await Promise.all([consumer.dump(), producer.dump()]);
  if (consumer.paused || consumed.paused) return 'consumerPaused';
  // Its owner may have paused it while the worker answered; then it does not have to flow.
  return produced.paused && !producer.paused ? 'producerPaused' : undefined;
}

/** @returns undefined when packets flow after all, or the camera itself has none to give. */
function diagnose(before: Counters, now: Counters): Cause | undefined {
  if (now.consumed > before.consumed) return 'notReceived';
  if (now.produced > before.produced) return 'notForwarded';
  return now.fromPublisher > before.fromPublisher ? undefined : 'publisherSilent';
}

/** Whether what the peer receives already leaves no room for the lowest layer of this video. */
async function lacksBandwidth(peer: Peer, { producer }: Held): Promise<boolean> {
  if (producer.kind === 'audio') return false;
  const [transport] = (await peer.recvTransport?.getStats()) ?? [];
  const available = transport?.availableOutgoingBitrate;
  // No estimate, no limit.
  if (!transport || available === undefined) return false;
  const bitrates = (await producer.getStats()).map(({ bitrate }) => bitrate).filter((bitrate) => bitrate > 0);
  return available - transport.sendBitrate < Math.min(...bitrates) * HEADROOM;
}

async function count({ consumer, producer, from }: Held, at: number): Promise<Counters> {
  const [produced, consumed, transport] = await Promise.all([
    producer.getStats(),
    consumer.getStats(),
    from.sendTransport?.getStats(),
  ]);
  const outbound = consumed.filter(({ type }) => type === 'outbound-rtp');
  return {
    at,
    produced: sum(produced),
    consumed: sum(outbound as types.ConsumerStat[]),
    fromPublisher: transport?.[0]?.bytesReceived ?? 0,
  };
}

function sum(stats: readonly { packetCount: number }[]): number {
  return stats.reduce((total, { packetCount }) => total + packetCount, 0);
}
