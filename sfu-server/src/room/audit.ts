/**
 * Media that should flow and does not. Clients tell which consumers bring nothing; what should flow, and where it stops,
 * only the server knows. Each such pair is repaired in steps, from the mildest.
 */
import type { ProducerId, TrackSource } from '@vcallpe/shared';
import {
  count,
  diagnose,
  findPaused,
  isLostOnTheWay,
  isWanted,
  lacksBandwidth,
  packetsOf,
  shouldFlow,
} from './diagnosis.ts';
import type { Cause, Counters } from './diagnosis.ts';
import type { MediaProducer, Peer } from './peer.ts';
import { isHeldBack, type Held } from './receiving.ts';
import { RepairBudget } from './repair-budget.ts';
import { HELPS_WITHIN_MS, repair, STEPS, takesKeyframe, type Step } from './repairs.ts';
import type { Room } from './room.ts';

/** How often stalled pairs are looked at while there are any, ms. */
const LOOK_EVERY_MS = 250;
/** Counters this far apart tell whether packets flow, ms: of silence (Opus DTX) there is one every 400 ms. */
const COUNTED_OVER_MS = 500;
/** The same where the client has not said that nothing comes, ms: two packets of silence. */
const COUNTED_UNTOLD_OVER_MS = 1_000;
/**
 * So long packets have to leave without the client's having had any of them, ms, and so many round trips: what began to flow a
 * moment ago is on its way, and so is the word that it came.
 */
const NOT_RECEIVED_AFTER_MS = 1_000;
const NOT_RECEIVED_ROUND_TRIPS = 3;
/** A client that has had a consumer for so long and does not call it stalled gets something, ms; see the client's stalls.ts. */
const FLOWS_AFTER_MS = 2_500;
/** A pair that was closed to be repaired and is not there again after so long is wanted no more, ms. */
const BACK_WITHIN_MS = 5_000;
/** A worker that takes so long to answer is full, ms: what its counters say of others is late too. */
const LATE_MS = 400;
/** After the last step a pair is left alone, twice as long each time, ms: the ladder may have failed by chance. */
const REST_MIN_MS = 5_000;
const REST_MAX_MS = 30_000;

/**
 * Somebody who receives, and what of whom. Consumers and producers come and go with the repair, and what was tried
 * is remembered until the pair has flowed.
 */
interface Suspect {
  readonly peer: Peer;
  readonly from: Peer;
  readonly source: TrackSource;
  /** As it was looked at last. */
  consumerId: string | undefined;
  producerId: ProducerId;
  /** It does not flow because there is no bandwidth for it, which is no fault. */
  limited: boolean;
  counters: Counters | undefined;
  /** Since when its packets leave and do not arrive, ms. */
  leavesSince: number | undefined;
  cause: Cause | undefined;
  /** Steps taken so far, by cause. */
  readonly taken: Map<Cause, number>;
  /** Not looked at before, ms. */
  notBefore: number;
  restMs: number;
  /** When its client last said that nothing comes, or could not have known yet, ms. */
  doubtedAt: number;
}

export class MediaAudit {
  readonly #room: Room;
  readonly #onRepair: (cause: Cause, step: Step) => void;
  /** By receiver and what it gets. */
  readonly #suspects = new Map<string, Suspect>();
  readonly #beingLookedAt = new Set<Suspect>();
  readonly #budget = new RepairBudget();
  readonly #stalled = new Map<Peer, ReadonlySet<string>>();
  /** Peers whose end is listened for. */
  readonly #known = new WeakSet<Peer>();
  /** The videos that each peer was told it has no bandwidth for. */
  readonly #toldLimited = new Map<Peer, readonly ProducerId[]>();
  /** How many packets there were of each producer when its publisher was asked. */
  readonly #askedAfter = new WeakMap<MediaProducer, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(room: Room, onRepair: (cause: Cause, step: Step) => void) {
    this.#room = room;
    this.#onRepair = onRepair;
  }

  /** Consumers of this peer that bring it nothing; replaces what it told before. */
  report(peer: Peer, consumerIds: readonly string[]): void {
    if (!this.#known.has(peer)) {
      this.#known.add(peer);
      peer.onClosed(() => this.#forget(peer));
    }
    if (consumerIds.length === 0) this.#stalled.delete(peer);
    else this.#stalled.set(peer, new Set(consumerIds));
    if (this.idle) return;
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
    // The sooner counting begins, the sooner there is something to compare.
    void this.#look();
  }

  /** Nothing has come of it since its publisher was asked. It may just have begun to send, as for a tile that was hidden. */
  async stillSilent(producer: MediaProducer): Promise<boolean> {
    return (await packetsOf(producer)) === this.#askedAfter.get(producer);
  }

  /** Videos that this peer has no bandwidth for now, as it was told, or would have been with a socket. */
  limitedOf(peer: Peer): ProducerId[] {
    return [...(this.#toldLimited.get(peer) ?? [])];
  }

  /** Pairs that should flow, do not, and are being repaired. */
  get broken(): number {
    return [...this.#suspects.values()].filter(({ cause }) => cause).length;
  }

  /** Nothing is said to be stalled, and nothing is watched any more of what was. */
  get idle(): boolean {
    return this.#stalled.size === 0 && this.#suspects.size === 0;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #forget(peer: Peer): void {
    this.#stalled.delete(peer);
    this.#toldLimited.delete(peer);
    for (const [key, suspect] of this.#suspects) if (suspect.peer === peer) this.#suspects.delete(key);
  }

  async #look(): Promise<void> {
    for (const [peer, ids] of this.#stalled) for (const id of ids) this.#suspect(peer, id);
    // A worker that is slow to answer is not asked twice, nor is anything repaired twice.
    const looks = [...this.#suspects].filter(([, suspect]) => !this.#beingLookedAt.has(suspect));
    await Promise.all(
      looks.map(async ([key, suspect]) => {
        this.#beingLookedAt.add(suspect);
        try {
          if (!(await this.#lookAt(suspect))) this.#suspects.delete(key);
        } catch (error) {
          // It closed while it was looked at.
          suspect.peer.log.debug({ err: error }, 'audit');
        } finally {
          this.#beingLookedAt.delete(suspect);
        }
      }),
    );
    this.#tellLimited();
    if (this.idle) this.close();
  }

  #suspect(peer: Peer, consumerId: string): void {
    const held = peer.receiving.heldBy(consumerId);
    if (!held || !isWanted(peer, held)) return;
    const { from, producer } = held;
    const { source } = producer.appData;
    const key = `${peer.id} ${from.id}/${source}`;
    if (this.#suspects.has(key)) return;
    this.#suspects.set(key, {
      peer,
      from,
      source,
      consumerId,
      producerId: producer.id,
      limited: false,
      counters: undefined,
      leavesSince: undefined,
      cause: undefined,
      taken: new Map(),
      notBefore: 0,
      restMs: REST_MIN_MS,
      doubtedAt: performance.now(),
    });
  }

  #tellLimited(): void {
    const limited = Map.groupBy(
      [...this.#suspects.values()].filter((suspect) => suspect.limited),
      ({ peer }) => peer,
    );
    for (const peer of new Set([...limited.keys(), ...this.#toldLimited.keys()])) {
      const producerIds = (limited.get(peer) ?? []).map(({ producerId }) => producerId).sort();
      if (producerIds.join() === this.limitedOf(peer).join()) continue;
      if (producerIds.length > 0) this.#toldLimited.set(peer, producerIds);
      else this.#toldLimited.delete(peer);
      peer.channel.send('videoLimited', { producerIds });
    }
  }

  /** @returns whether the pair is to be looked at again: it has not flowed yet, and still should */
  async #lookAt(suspect: Suspect): Promise<boolean> {
    const { peer, from, source } = suspect;
    const now = performance.now();
    if (from.closed) return false;
    const consumer = peer.receiving.consumerOf(from.producerOf(source)?.id ?? '');
    const held = consumer && peer.receiving.heldBy(consumer.id);
    if (!held?.ready) return suspect.taken.size > 0 && now - suspect.doubtedAt < BACK_WITHIN_MS;
    if (!isWanted(peer, held)) return false;
    const told = this.#stalled.get(peer)?.has(held.consumer.id) ?? false;
    if (!told && suspect.taken.size === 0) return false;
    if (held.consumer.id !== suspect.consumerId) {
      suspect.consumerId = held.consumer.id;
      suspect.producerId = held.producer.id;
      suspect.counters = undefined;
      suspect.leavesSince = undefined;
      suspect.doubtedAt = now;
    }
    if (told) suspect.doubtedAt = now;
    else if (now - suspect.doubtedAt > FLOWS_AFTER_MS) return false;
    else suspect.limited = false;
    if (isHeldBack(held)) {
      suspect.limited = told;
      suspect.counters = undefined;
      suspect.cause = undefined;
      return true;
    }
    if (now < suspect.notBefore) return true;

    const before = suspect.counters;
    if (before && now - before.at < (told ? COUNTED_OVER_MS : COUNTED_UNTOLD_OVER_MS)) return true;
    suspect.counters = await count(held, now);
    if (performance.now() - now > LATE_MS) {
      suspect.counters = undefined;
      return true;
    }
    // One that its client got a moment ago may be on its way to be resumed.
    const paused = before || told ? await findPaused(held) : undefined;
    if (!before && !paused) return true;
    let found = paused ?? diagnose(held, before ?? suspect.counters, suspect.counters);
    if (found !== 'notReceived') suspect.leavesSince = undefined;
    else {
      // What has left for the client may well arrive, until the client says otherwise.
      if (!told) return true;
      suspect.leavesSince ??= before?.at ?? now;
      const patienceMs = NOT_RECEIVED_AFTER_MS + NOT_RECEIVED_ROUND_TRIPS * suspect.counters.roundTripMs;
      if (now - suspect.leavesSince < patienceMs) return true;
      if (this.#getsOthers(peer, held)) found = 'oneNotReceived';
    }
    suspect.limited =
      (found === 'notForwarded' && (await lacksBandwidth(peer, held))) ||
      (found === 'oneNotReceived' && source === 'camera' && isLostOnTheWay(held));
    const cause = suspect.limited ? undefined : found;
    // A publisher that has nothing to send is no fault; one that does send says so in confirmSending.
    suspect.cause = cause === 'producerSilent' ? undefined : cause;
    if (cause) await this.#takeStep(suspect, cause, held);
    return true;
  }

  /** Something else that should reach this client does, so its path is well. */
  #getsOthers(peer: Peer, held: Held): boolean {
    const stalled = this.#stalled.get(peer);
    const others = [...peer.receiving.held].filter((other) => other !== held && shouldFlow(peer, other));
    return others.some(({ consumer }) => !stalled?.has(consumer.id));
  }

  async #takeStep(suspect: Suspect, cause: Cause, held: Held): Promise<void> {
    const { peer, taken, counters } = suspect;
    let done = taken.get(cause) ?? 0;
    while (STEPS[cause][done] === 'keyframe' && !takesKeyframe(held)) done += 1;
    const step = STEPS[cause][done];
    const leave = step && this.#budget.leave(peer, held, cause, step);
    if (leave === 'wait') return;
    suspect.counters = undefined;
    if (!step) {
      taken.set(cause, 0);
      suspect.notBefore = performance.now() + suspect.restMs;
      suspect.restMs = Math.min(2 * suspect.restMs, REST_MAX_MS);
      return;
    }
    taken.set(cause, done + 1);
    suspect.notBefore = performance.now() + HELPS_WITHIN_MS[step];
    if (leave === 'taken') return;
    const { producer, from } = held;
    const fields = { producer: producer.id, from: from.id, cause, step };
    if (step === 'askPublisher') {
      this.#askedAfter.set(producer, counters?.produced ?? 0);
      peer.log.info(fields, 'publisher asked');
    } else {
      peer.log.warn(fields, 'media repaired');
      this.#onRepair(cause, step);
    }
    await repair(this.#room, peer, held, cause, step);
  }
}
