/** What those who run a meeting can do, and what it looks like to whom they do it. Every act is kept in the meeting's record. */
import { z } from 'zod';
import { ParticipantId, PeerId } from '../ids.ts';
import { DisplayName } from '../rest/common.ts';
import { GrantableRole, Role, VideoSource } from '../roles.ts';
import { event, request } from './define.ts';

const none = z.object({});
const onePeer = z.object({ peerId: PeerId });

/** Acts that concern somebody. A person is asked to unmute, and never unmuted. */
export const Act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('muted') }),
  z.object({ act: z.literal('unmuteAsked') }),
  /** Their camera or share was stopped; they may start it again. */
  z.object({ act: z.literal('videoStopped'), source: VideoSource }),
  z.object({ act: z.literal('roleChanged'), role: Role }),
  z.object({ act: z.literal('spotlit') }),
  z.object({ act: z.literal('spotlightEnded') }),
  z.object({ act: z.literal('handLowered') }),
  /** To everyone but who did it. */
  z.object({ act: z.enum(['locked', 'unlocked']) }),
]);
export type Act = z.infer<typeof Act>;

/** What holds for the whole meeting now. */
export const MeetingState = z.object({
  locked: z.boolean(),
  /** Somebody was removed or turned away, so who is new waits to be let in, whatever the room is set to. */
  newcomersKnock: z.boolean(),
  /** Shown large to everyone who has not pinned something else. */
  spotlight: PeerId.optional(),
  /** When this meeting began, Unix ms: a meeting goes on through restarts of the server. */
  startedAt: z.number().int(),
});
export type MeetingState = z.infer<typeof MeetingState>;

export const MODERATION_REQUESTS = {
  mute: request({ input: onePeer, output: none }),
  /** Everyone but those who run the meeting. */
  muteAll: request({ input: none, output: z.object({ muted: z.number().int() }) }),
  askToUnmute: request({ input: onePeer, output: none }),
  stopVideo: request({ input: onePeer.extend({ source: VideoSource }), output: none }),
  /** Out, and not back in this meeting; see `newcomersKnock`. */
  removePeer: request({ input: onePeer, output: none }),
  setRole: request({ input: onePeer.extend({ role: GrantableRole }), output: none }),
  /** Without a peer nobody is in the spotlight. */
  setSpotlight: request({ input: z.object({ peerId: PeerId.optional() }), output: none }),
  lowerHand: request({ input: onePeer, output: none }),
  endMeeting: request({ input: none, output: none }),
} as const;

export const MODERATION_EVENTS = {
  /** To whom an act concerns, in order to say it in words; their own client does what follows from it. */
  moderated: event(z.object({ by: DisplayName, act: Act })),
  /** To everyone: all of it as it is now. */
  meetingChanged: event(MeetingState),
} as const;

/** Kept in the record of a meeting, for its owner. */
export const RECORDED_ACTS = [
  'admitted',
  'denied',
  'letBackIn',
  'locked',
  'unlocked',
  'muted',
  'mutedAll',
  'unmuteAsked',
  'videoStopped',
  'removed',
  'roleChanged',
  'spotlit',
  'spotlightEnded',
  'handLowered',
  'ended',
] as const;
export type RecordedAct = (typeof RECORDED_ACTS)[number];

export const RecordedActView = z.object({
  act: z.enum(RECORDED_ACTS),
  /** Unix time, ms. */
  at: z.number().int(),
  by: z.object({ participantId: ParticipantId, displayName: DisplayName }),
  whom: z.object({ participantId: ParticipantId, displayName: DisplayName }).optional(),
  /** Such as the role that was given. */
  detail: z.string().optional(),
});
export type RecordedActView = z.infer<typeof RecordedActView>;
