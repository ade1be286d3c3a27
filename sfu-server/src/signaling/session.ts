import { AppError, type RoomTokenClaims } from '@vcallpe/shared';
import type { Logger } from '../logger.ts';
import type { Channel } from '../room/channel.ts';
import type { Peer } from '../room/peer.ts';
import type { Room } from '../room/room.ts';

export interface Place {
  room: Room;
  peer: Peer;
}

/** One socket: who it is, by its verified room token, and its place in a room once it has joined. */
export class Session {
  readonly claims: RoomTokenClaims;
  readonly channel: Channel;
  readonly log: Logger;
  /** Between the first `join` and its answer the place is not there yet, but a second `join` is refused. */
  joining = false;
  #place: Place | undefined;
  #ended = false;

  constructor(claims: RoomTokenClaims, channel: Channel, log: Logger) {
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

  /** Gives the place up. Idempotent. */
  end(reason: 'left' | 'disconnected'): void {
    this.#ended = true;
    this.#place?.room.leave(this.#place.peer, reason);
    this.#place = undefined;
  }
}
