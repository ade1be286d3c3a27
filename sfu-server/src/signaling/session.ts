import { AppError, LIMITS, type RoomTokenClaims, type WaitingFor } from '@vcallpe/shared';
import type { Logger } from '../logger.ts';
import type { Peer } from '../room/peer.ts';
import type { Room } from '../room/room.ts';
import { awaitReturn } from './absence.ts';
import type { SocketChannel } from './socket-channel.ts';

/** A socket that has not joined by then, and does not wait to be let in, has no business here, ms. */
const JOIN_WITHIN_MS = 20_000;

export interface Place {
  room: Room;
  peer: Peer;
}

/**
 * One client: who it is, by its verified room token, its way back, and its place in a room once it has joined. It outlives
 * its socket for a while.
 */
export class Session {
  readonly claims: RoomTokenClaims;
  readonly channel: SocketChannel;
  readonly log: Logger;
  /** Between the first `join` and its answer the place is not there yet, but a second `join` is refused. */
  joining = false;
  #place: Place | undefined;
  #ended = false;
  #stopAwaiting: (() => void) | undefined;
  /** At whose door it waits. */
  #waitingAt: Room | undefined;
  #limit: NodeJS.Timeout | undefined;

  constructor(claims: RoomTokenClaims, channel: SocketChannel, log: Logger) {
    this.claims = claims;
    this.channel = channel;
    this.log = log;
    this.#joinWithin(JOIN_WITHIN_MS);
  }

  get ended(): boolean {
    return this.#ended;
  }

  get joined(): boolean {
    return this.#place !== undefined;
  }

  /** @throws {AppError} WRONG_STATE before `join` and after `leave`. */
  get place(): Place {
    if (!this.#place) throw new AppError('WRONG_STATE', 'Join the meeting first');
    this.#place.peer.assertOpen();
    return this.#place;
  }

  enter(place: Place): void {
    clearTimeout(this.#limit);
    this.#stopWaiting();
    this.#place = place;
  }

  /** Knocks at the door of a room. @throws {AppError} see `Admission.knock` */
  wait(room: Room): WaitingFor {
    if (this.#waitingAt !== room) this.#stopWaiting();
    const { participantId, displayName, role } = this.claims;
    this.#joinWithin(LIMITS.waitingMs);
    this.#waitingAt = room;
    return room.admission.knock(
      { participantId, displayName, role },
      {
        channel: this.channel,
        onAnswer: () => {
          this.#waitingAt = undefined;
          this.#joinWithin(JOIN_WITHIN_MS);
        },
      },
    );
  }

  #stopWaiting(): void {
    const room = this.#waitingAt;
    this.#waitingAt = undefined;
    room?.admission.lobby.remove(this.claims.participantId, this.channel);
    room?.closeIfUnused();
  }

  #joinWithin(ms: number): void {
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => {
      if (!this.joined) this.channel.hangUp();
    }, ms);
  }

  /** Its socket was lost. The place is kept for a while, for a socket that brings the resume key. */
  lose(): void {
    if (!this.#place || this.#place.peer.closed) return this.end('disconnected');
    this.log.info('socket lost');
    this.#stopAwaiting = awaitReturn(this.#place.peer, {
      onLong: () => this.#setAway(true),
      onGone: () => this.end('disconnected'),
    });
  }

  /** A new socket is there. */
  find(): void {
    this.#stopAwaiting?.();
    this.#setAway(false);
    this.log.info('socket is back');
  }

  #setAway(away: boolean): void {
    if (!this.#place || this.#place.peer.away === away) return;
    this.#place.peer.away = away;
    this.#place.room.changed(this.#place.peer);
  }

  /** Gives the place up. Idempotent. */
  end(reason: 'left' | 'disconnected'): void {
    this.#ended = true;
    clearTimeout(this.#limit);
    this.#stopAwaiting?.();
    this.#stopWaiting();
    this.#place?.room.leave(this.#place.peer, reason);
    this.#place = undefined;
  }
}
