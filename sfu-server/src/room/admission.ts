/** The door of a room: who gets in, who waits, and who lets them in. */
import {
  AppError,
  may,
  type ErrorCode,
  type ParticipantId,
  type Role,
  type RoomSettings,
  type WaitingFor,
} from '@vcallpe/shared';
import { tell } from './announcements.ts';
import { Lobby, type Knock } from './lobby.ts';
import type { Identity, Peer } from './peer.ts';
import type { Room } from './room.ts';

/** What is known of somebody who wants in. */
export interface Visitor {
  role: Role;
  /** They were in this meeting before. */
  wasIn: boolean;
  admitted: boolean;
  /** Removed, or turned away. */
  removed: boolean;
}

export interface Door extends Pick<RoomSettings, 'lobby' | 'joinBeforeHost'> {
  /** Somebody was removed or turned away, who could be back under another name: an identity costs nothing. */
  newcomersKnock: boolean;
  locked: boolean;
  full: boolean;
  /** Somebody is in who may admit. */
  hostThere: boolean;
}

type Refusal = Extract<ErrorCode, 'REMOVED' | 'ROOM_LOCKED' | 'ROOM_FULL'>;

/** Who gets in: at once, after waiting for somebody, or not at all. */
export function decide(visitor: Visitor, door: Door): 'enter' | WaitingFor | Refusal {
  if (visitor.role === 'owner') return 'enter';
  if (visitor.removed) return 'REMOVED';
  if (visitor.role === 'host') return 'enter';
  if (door.full) return 'ROOM_FULL';
  if (visitor.wasIn || visitor.admitted) return 'enter';
  if (door.locked) return 'ROOM_LOCKED';
  if (door.lobby || door.newcomersKnock) return 'admission';
  if (!door.joinBeforeHost && !door.hostThere) return 'host';
  return 'enter';
}

const REFUSAL_WORDS: Record<Refusal, string> = {
  REMOVED: 'A host does not want you in this meeting',
  ROOM_LOCKED: 'The host has locked this meeting: nobody new comes in',
  ROOM_FULL: 'This meeting is full',
};

export class Admission {
  readonly lobby: Lobby;
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
    this.lobby = new Lobby((waiting) => {
      for (const peer of this.#hosts()) peer.channel.send('lobbyChanged', { waiting });
    });
  }

  /**
   * Whether this person may come in now, and as what.
   *
   * @param taken places that others have
   * @throws {AppError} REMOVED, ROOM_LOCKED, ROOM_FULL, ADMISSION_NEEDED
   */
  check(identity: Identity, taken = this.#room.peers.size): Role {
    const decision = this.#decide(identity, taken);
    if (decision === 'enter') return this.#roleOf(identity);
    if (decision === 'admission' || decision === 'host') {
      const message =
        decision === 'host' ? 'This meeting begins when a host is there' : 'A host has to let you in';
      throw new AppError('ADMISSION_NEEDED', message, { details: { waitingFor: decision } });
    }
    throw new AppError(decision, REFUSAL_WORDS[decision]);
  }

  /**
   * Waits from now on, unless the door is open.
   *
   * @throws {AppError} REMOVED, ROOM_LOCKED, ROOM_FULL; LIMIT_REACHED when too many wait
   */
  knock(identity: Identity, knock: Pick<Knock, 'channel' | 'onAnswer'>): WaitingFor {
    const decision = this.#decide(identity);
    if (decision !== 'admission' && decision !== 'host' && decision !== 'enter') {
      throw new AppError(decision, REFUSAL_WORDS[decision]);
    }
    const { participantId, displayName } = identity;
    this.lobby.add({ participantId, displayName, ...knock });
    if (decision !== 'enter') return decision;
    // Somebody opened the door since this person was told to knock.
    this.lobby.answer(participantId, 'admitted');
    return 'admission';
  }

  /** Somebody is in. A host who comes opens the door to those who waited for one. */
  entered(peer: Peer): void {
    const { meeting } = this.#room;
    meeting.enter(peer);
    if (meeting.spotlight === peer.identity.participantId) this.#room.tellMeeting();
    if (may(peer.identity.role, 'admit')) this.review();
  }

  /** Lets in all to whom the door is open now: a host has come, or the settings have changed. */
  review(): void {
    for (const person of this.lobby.people()) {
      // Their role plays no part: nobody who has one that opens doors would be waiting.
      if (this.#decide({ ...person, role: 'guest' }) === 'enter') {
        this.lobby.answer(person.participantId, 'admitted');
      }
    }
  }

  /** Those who wait no more are passed over. */
  admit(by: Peer, participantIds: readonly ParticipantId[]): void {
    const { meeting } = this.#room;
    for (const participantId of participantIds) {
      // Before they are told: they may be quick.
      if (!this.lobby.has(participantId)) continue;
      meeting.admit(participantId);
      const whom = this.lobby.answer(participantId, 'admitted');
      meeting.note('admitted', by.identity, { whom });
    }
  }

  admitAll(by: Peer): void {
    this.admit(
      by,
      this.lobby.people().map(({ participantId }) => participantId),
    );
  }

  deny(by: Peer, participantIds: readonly ParticipantId[]): void {
    const { meeting } = this.#room;
    for (const participantId of participantIds) {
      if (!this.lobby.has(participantId)) continue;
      meeting.remove(participantId);
      const whom = this.lobby.answer(participantId, 'denied');
      meeting.note('denied', by.identity, { whom });
    }
    this.tellBarred();
  }

  /** Undoes a removal or a refusal. Who was in comes in; who was not knocks, where one has to. */
  letBackIn(by: Peer, participantId: ParticipantId): void {
    const { meeting } = this.#room;
    const whom = meeting.barred.find((person) => person.participantId === participantId);
    if (!whom) return;
    meeting.letBackIn(participantId);
    meeting.note('letBackIn', by.identity, { whom });
    this.tellBarred();
    // With nobody left to keep out, others need not knock any more.
    this.review();
  }

  /** Who is not let in has changed, and with it perhaps the door for newcomers. */
  tellBarred(): void {
    const { barred } = this.#room.meeting;
    for (const peer of this.#hosts()) peer.channel.send('barredChanged', { barred });
    this.#room.tellMeeting();
  }

  tell(by: Peer, text: string): void {
    this.lobby.tell({ text, from: by.identity.displayName });
  }

  setLocked(by: Peer, locked: boolean): void {
    const { meeting } = this.#room;
    if (meeting.locked === locked) return;
    meeting.setLocked(locked);
    meeting.note(locked ? 'locked' : 'unlocked', by.identity);
    this.#room.tellMeeting();
    for (const peer of this.#room.joinedPeers()) {
      if (peer !== by) tell(peer, by, { act: locked ? 'locked' : 'unlocked' });
    }
  }

  *#hosts(): Iterable<Peer> {
    for (const peer of this.#room.joinedPeers()) if (may(peer.identity.role, 'admit')) yield peer;
  }

  #decide(identity: Pick<Identity, 'participantId' | 'role'>, taken = this.#room.peers.size) {
    const { meeting, info } = this.#room;
    const { participantId } = identity;
    const { lobby, joinBeforeHost, maxParticipants } = info.settings;
    const visitor: Visitor = {
      role: meeting.roleOf(participantId) ?? identity.role,
      wasIn: meeting.roleOf(participantId) !== undefined,
      admitted: meeting.isAdmitted(participantId),
      removed: meeting.isRemoved(participantId),
    };
    const hostThere = !this.#hosts()[Symbol.iterator]().next().done;
    return decide(visitor, {
      lobby,
      joinBeforeHost,
      newcomersKnock: meeting.newcomersKnock,
      locked: meeting.locked,
      full: taken >= maxParticipants,
      hostThere,
    });
  }

  /** Who comes back is what they were. New people come as the room is set. */
  #roleOf({ participantId, role }: Identity): Role {
    if (role === 'owner') return role;
    const before = this.#room.meeting.roleOf(participantId);
    // A room can have changed hands.
    if (before && before !== 'owner') return before;
    return this.#room.info.settings.joinAsViewer ? 'viewer' : role;
  }
}
