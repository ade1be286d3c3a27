import { AppError, type RoomTokenClaims } from '@vcallpe/shared';
import type { Logger } from '../logger.ts';
import type { Peer } from '../room/peer.ts';
import type { Room } from '../room/room.ts';
import { awaitReturn } from './absence.ts';
import type { SocketChannel } from './socket-channel.ts';

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
  #stopWaiting: (() => void) | undefined;

  constructor(claims: RoomTokenClaims, channel: SocketChannel, log: Logger) {
    this.claims = claims;
    this.channel = channel;
    this.log = log;
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
    this.#place = place;
  }

  /** Its socket was lost. The place is kept for a while, for a socket that brings the resume key. */
  lose(): void {
    if (!this.#place || this.#place.peer.closed) return this.end('disconnected');
    this.log.info('socket lost');
    this.#stopWaiting = awaitReturn(this.#place.peer, () => this.end('disconnected'));
  }

  /** A new socket is there. */
  find(): void {
    this.#stopWaiting?.();
    this.log.info('socket is back');
  }

  /** Gives the place up. Idempotent. */
  end(reason: 'left' | 'disconnected'): void {
    this.#ended = true;
    this.#stopWaiting?.();
    this.#place?.room.leave(this.#place.peer, reason);
    this.#place = undefined;
  }
}
