/** Meetings of a room that took place, for its owner. */
import { z } from 'zod';
import { ObjectIdHex, ParticipantId, RoomCode } from '../ids.ts';
import { Role } from '../roles.ts';
import { RecordedActView } from '../signaling/moderation.ts';
import { DisplayName } from './common.ts';

/** One stay of one person. Who comes back has another. Times are Unix ms. */
export const Attendance = z.object({
  participantId: ParticipantId,
  displayName: DisplayName,
  role: Role,
  joinedAt: z.number().int(),
  /** Not there while the person is. */
  leftAt: z.number().int().optional(),
});
export type Attendance = z.infer<typeof Attendance>;

export const MeetingSummary = z.object({
  meetingId: ObjectIdHex,
  startedAt: z.number().int(),
  endedAt: z.number().int().optional(),
  /** Different people, however often each came. */
  people: z.number().int(),
});
export type MeetingSummary = z.infer<typeof MeetingSummary>;

export const MeetingList = z.object({ meetings: z.array(MeetingSummary), more: z.boolean() });
export type MeetingList = z.infer<typeof MeetingList>;

export const MeetingRecord = MeetingSummary.extend({
  attendances: z.array(Attendance),
  acts: z.array(RecordedActView),
});
export type MeetingRecord = z.infer<typeof MeetingRecord>;

export const MeetingParams = z.object({ code: RoomCode, meetingId: ObjectIdHex });

/** `before` is the `startedAt` of the last one that is known, ms. */
export const MeetingListQuery = z.object({ before: z.coerce.number().int().optional() });
export type MeetingListQuery = z.infer<typeof MeetingListQuery>;
