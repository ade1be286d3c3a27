import { Schema, type Types } from 'mongoose';
import type { RoomSettings } from '../rest/rooms.ts';

export interface RoomDoc {
  _id: Types.ObjectId;
  /** Unique, as in `tam-rilo-bek`. */
  code: string;
  name: string;
  ownerId: Types.ObjectId;
  settings: RoomSettings;
  /** bcrypt; not there without a password. */
  passwordHash?: string;
  /** The number of the last chat message; not there before the first. */
  chatSeq?: number;
  createdAt: Date;
}

export const roomSchema = new Schema<RoomDoc>(
  {
    code: { type: String, required: true },
    name: { type: String, required: true },
    ownerId: { type: Schema.Types.ObjectId, required: true },
    settings: {
      guestsAllowed: { type: Boolean, required: true },
      maxParticipants: { type: Number, required: true },
      lobby: { type: Boolean },
      joinBeforeHost: { type: Boolean },
      joinAsViewer: { type: Boolean },
    },
    passwordHash: { type: String },
    chatSeq: { type: Number },
    createdAt: { type: Date, required: true, default: () => new Date() },
  },
  { versionKey: false },
);
roomSchema.index({ code: 1 }, { unique: true });
roomSchema.index({ ownerId: 1, createdAt: -1 });
