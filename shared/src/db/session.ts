import { Schema, type Types } from 'mongoose';

/**
 * One sign-in on one device: a family of refresh tokens of which only the newest is good. Rotating is one
 * `findOneAndUpdate` on `tokenHash`; a token that no longer matches was used before, and ends the session.
 */
export interface SessionDoc {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  /** SHA-256 of the current refresh token's secret, hex. */
  tokenHash: string;
  /**
   * Set by the last rotation: SHA-256 of the token it replaced together with the client's Idempotency-Key. A
   * client whose answer was lost repeats the request with the same key and gets the same new token.
   */
  rotationKey?: string;
  createdAt: Date;
  /** The TTL index removes the session from then on. */
  expiresAt: Date;
}

export const sessionSchema = new Schema<SessionDoc>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    tokenHash: { type: String, required: true },
    rotationKey: { type: String },
    createdAt: { type: Date, required: true, default: () => new Date() },
    expiresAt: { type: Date, required: true },
  },
  { versionKey: false },
);
sessionSchema.index({ userId: 1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
