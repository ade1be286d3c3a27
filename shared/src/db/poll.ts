import { Schema, type Types } from 'mongoose';
import { personSchema, type PersonDoc } from './person.ts';

export interface PollDoc {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  /** Chosen by the client that asked for it. */
  startId: string;
  question: string;
  options: string[];
  multiple: boolean;
  by: PersonDoc;
  startedAt: Date;
  closed: boolean;
  /** What each person chose, by participantId: one write replaces a vote, and nobody is counted twice. */
  votes: Record<string, number[]>;
}

export const pollSchema = new Schema<PollDoc>(
  {
    roomId: { type: Schema.Types.ObjectId, required: true },
    startId: { type: String, required: true },
    question: { type: String, required: true },
    options: { type: [String], required: true },
    multiple: { type: Boolean, required: true },
    by: { type: personSchema, required: true },
    startedAt: { type: Date, required: true },
    closed: { type: Boolean, required: true },
    votes: { type: Schema.Types.Mixed, required: true },
  },
  // An object without votes is one too.
  { versionKey: false, minimize: false },
);
pollSchema.index({ roomId: 1, startId: 1, 'by.participantId': 1 }, { unique: true });
