import { Schema, type Types } from 'mongoose';
import type { Role } from '../roles.ts';
import type { RecordedAct } from '../signaling/moderation.ts';
import { personSchema, type PersonDoc } from './person.ts';

/** One stay of one person; without `leftAt` it goes on, or its server died. */
export interface AttendanceDoc extends PersonDoc {
  role: Role;
  joinedAt: Date;
  leftAt?: Date;
}

export interface ActDoc {
  act: RecordedAct;
  at: Date;
  by: PersonDoc;
  whom?: PersonDoc;
  detail?: string;
}

/** One meeting of a room, from the first join to the end. Written by the SFU alone. */
export interface MeetingDoc {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  startedAt: Date;
  endedAt?: Date;
  /** When it was last known to go on: the end of one whose server did not live to tell. */
  aliveAt: Date;
  locked: boolean;
  /** Participant ids. */
  spotlight?: string;
  removed: string[];
  admitted: string[];
  attendances: AttendanceDoc[];
  acts: ActDoc[];
}

const attendanceSchema = new Schema<AttendanceDoc>(
  {
    participantId: { type: String, required: true },
    displayName: { type: String, required: true },
    role: { type: String, required: true },
    joinedAt: { type: Date, required: true },
    leftAt: { type: Date },
  },
  { _id: false },
);

const actSchema = new Schema<ActDoc>(
  {
    act: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: personSchema, required: true },
    whom: { type: personSchema },
    detail: { type: String },
  },
  { _id: false },
);

export const meetingSchema = new Schema<MeetingDoc>(
  {
    roomId: { type: Schema.Types.ObjectId, required: true },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date },
    aliveAt: { type: Date, required: true },
    locked: { type: Boolean, required: true },
    spotlight: { type: String },
    removed: { type: [String], required: true },
    admitted: { type: [String], required: true },
    attendances: { type: [attendanceSchema], required: true },
    acts: { type: [actSchema], required: true },
  },
  { versionKey: false },
);
meetingSchema.index({ roomId: 1, startedAt: -1 });
