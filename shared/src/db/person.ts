import { Schema } from 'mongoose';

/** Somebody as they were called when it happened: names change, and guests are kept nowhere else. */
export interface PersonDoc {
  participantId: string;
  displayName: string;
}

export const personSchema = new Schema<PersonDoc>(
  { participantId: { type: String, required: true }, displayName: { type: String, required: true } },
  { _id: false },
);
