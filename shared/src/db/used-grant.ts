import { Schema } from 'mongoose';

/** A room token that has opened its one socket. Kept until the token itself has expired. */
export interface UsedGrantDoc {
  /** The token's joinId. */
  _id: string;
  expiresAt: Date;
}

export const usedGrantSchema = new Schema<UsedGrantDoc>(
  { _id: { type: String, required: true }, expiresAt: { type: Date, required: true } },
  { versionKey: false },
);
usedGrantSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
