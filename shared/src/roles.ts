/** Who may do what in a room: one table. The server checks it where each message is handled; the client shows only what works. */
import { z } from 'zod';

/** What a track is of. */
export const TrackSource = z.enum(['microphone', 'camera', 'screen', 'screenAudio']);
export type TrackSource = z.infer<typeof TrackSource>;

export const SOURCE_KIND = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  screenAudio: 'audio',
} as const satisfies Record<TrackSource, 'audio' | 'video'>;

/** What can be shown as a tile. */
export const VideoSource = z.enum(['camera', 'screen']);
export type VideoSource = z.infer<typeof VideoSource>;

/**
 * `owner`: of the room. `host`: runs this meeting, made one by the owner or another host. `viewer`: receives only.
 * `guest`: takes part without an account.
 */
export const Role = z.enum(['owner', 'host', 'participant', 'viewer', 'guest']);
export type Role = z.infer<typeof Role>;

/** Roles that a host may give to somebody in the meeting. A guest who is made a participant stays without an account. */
export const GrantableRole = z.enum(['host', 'participant', 'viewer']);
export type GrantableRole = z.infer<typeof GrantableRole>;

export const CAPABILITIES = [
  /** Send each source. */
  'microphone',
  'camera',
  'screen',
  'screenAudio',
  /** Write to all, or privately to one. */
  'chat',
  'sendFile',
  'react',
  'raiseHand',
  'vote',
  /** Ask the meeting something. */
  'runPoll',
  /** Let in who waits, turn them away, write to them, and close the door. */
  'admit',
  /** Mute others, stop their video or share, lower their hands, remove them, and show one to all. */
  'moderate',
  'setRole',
  'endMeeting',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

const TALKING = ['microphone', 'camera', 'screen', 'screenAudio'] as const;
const TAKING_PART = ['chat', 'react', 'raiseHand', 'vote'] as const;

const ALLOWED: Record<Role, ReadonlySet<Capability>> = {
  owner: new Set(CAPABILITIES),
  host: new Set(CAPABILITIES),
  participant: new Set([...TALKING, ...TAKING_PART, 'sendFile', 'runPoll']),
  viewer: new Set(TAKING_PART),
  guest: new Set([...TALKING, ...TAKING_PART, 'sendFile']),
};

export function may(role: Role, capability: Capability): boolean {
  return ALLOWED[role].has(capability);
}

/** Whether somebody of this role can be moderated by another who may: nobody acts against the owner. */
export function mayActOn(actor: Role, target: Role): boolean {
  return target !== 'owner' && (actor === 'owner' || target !== 'host');
}
