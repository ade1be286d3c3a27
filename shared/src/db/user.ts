import { Schema, type Types } from 'mongoose';

export interface UserDoc {
  _id: Types.ObjectId;
  /** Lower case, unique. */
  email: string;
  displayName: string;
  /** bcrypt, cost 12. */
  passwordHash: string;
  /** Set by `npm run admin` alone, never by a request. */
  isAdmin?: boolean;
  createdAt: Date;
}

export const userSchema = new Schema<UserDoc>(
  {
    email: { type: String, required: true },
    displayName: { type: String, required: true },
    passwordHash: { type: String, required: true },
    isAdmin: { type: Boolean },
    createdAt: { type: Date, required: true, default: () => new Date() },
  },
  { versionKey: false },
);
userSchema.index({ email: 1 }, { unique: true });
