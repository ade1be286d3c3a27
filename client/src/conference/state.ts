import {
  LIMITS,
  type AppError,
  type BarredPerson,
  type MeetingState,
  type ParticipantId,
  type PeerId,
  type ProducerId,
  type Role,
  type TrackSource,
  type WaitingPerson,
} from '@vcallpe/shared';
import type { Waiting } from './door.ts';

/** A sent track as the room sees it. `track` is there once this client receives it (or, for oneself, sends it). */
export interface TrackState {
  producerId?: ProducerId;
  /** Muted, or the camera is paused: nothing is being sent. */
  paused: boolean;
  track?: MediaStreamTrack;
}

export interface Participant extends Partial<Record<TrackSource, TrackState>> {
  peerId: PeerId;
  participantId: ParticipantId;
  displayName: string;
  role: Role;
  /** Unix ms; see `PeerView`. */
  handRaisedAt?: number | undefined;
  /** The server waits for this person's client to come back. */
  away?: boolean | undefined;
}

/**
 * idle → joining (→ waiting) → joined ⇄ reconnecting → ended. While `reconnecting` the participants stay in the
 * state, so that the grid can stay on the screen. `waiting`: somebody has to open the door.
 */
export type ConferenceStatus = 'idle' | 'joining' | 'waiting' | 'joined' | 'reconnecting' | 'ended';

/** What is being recovered while the participant stays in the room: the words of the server, or sound and picture. */
export type Recovery = 'signaling' | 'media';

export type EndReason =
  /** This person left. */
  | 'left'
  /** The room was deleted while in use, or was not there on a rejoin. */
  | 'roomGone'
  /** The same person came in elsewhere, and wanted this one to go. */
  | 'takenOver'
  /** A host has removed this person. */
  | 'removed'
  /** A host has ended the meeting for everyone. */
  | 'meetingEnded'
  /** Joining or coming back was refused for good; `error` says why. */
  | 'refused'
  /** The server could not be reached for so long that the client stopped trying; `error` has the last failure. */
  | 'unreachable';

/**
 * Immutable: each change makes a new object, so that React and tests can compare by identity. A participant
 * whom a change does not concern stays the same object.
 */
export interface ConferenceState {
  status: ConferenceStatus;
  room?: { code: string; name: string };
  /** There while the status is `waiting`. */
  waiting?: Waiting;
  meeting?: MeetingState;
  /** Who waits to come in; empty for those who can't let them in. */
  lobby: readonly WaitingPerson[];
  /** Who is not let in to this meeting; empty for those who could not change it. */
  barred: readonly BarredPerson[];
  self?: Participant;
  /** Everyone else, in order of joining. */
  others: readonly Participant[];
  /** Who speaks now, loudest first; may contain oneself. */
  speakers: readonly PeerId[];
  /** Videos that there is no bandwidth for now. */
  limited: ReadonlySet<ProducerId>;
  /** Cameras whose picture stands still, because too little of it arrives. */
  still: ReadonlySet<ProducerId>;
  /** As many tiles as may be shown at a time. */
  maxTiles: number;
  /** Unix time in ms of the first successful join. */
  joinedAt?: number;
  /** Undefined when all is well. */
  recovery?: Recovery;
  /** While reconnecting: how many tries have failed so far. */
  failedAttempts: number;
  ended?: { reason: EndReason; error?: AppError };
}

export const INITIAL_STATE: ConferenceState = {
  status: 'idle',
  others: [],
  lobby: [],
  barred: [],
  speakers: [],
  limited: new Set(),
  still: new Set(),
  maxTiles: LIMITS.tilesPerView,
  failedAttempts: 0,
};
