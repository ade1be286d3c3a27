import { randomBytes } from 'node:crypto';
import { Schema, Types } from 'mongoose';

/** Where GridFS keeps the bytes, each under the `_id` of its file. */
export const CHAT_FILE_BUCKET = 'chatfilebytes';

/** One that nobody can guess from another, as the driver's own count up. */
export function newFileId(): Types.ObjectId {
  return new Types.ObjectId(randomBytes(12));
}

/**
 * A file that somebody put into a meeting. It is noted before its first byte is stored, so that whatever is left of an upload
 * that broke off is found, and removed.
 */
export interface ChatFileDoc {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  /** The meeting that it is for: who was not in that one does not get it. */
  meetingId: Types.ObjectId;
  /** participantId of who sent it. */
  from: string;
  /** participantId of the only other person who may have it. */
  to?: string;
  name: string;
  /** MIME type, by the first bytes. */
  type: string;
  bytes: number;
  /** All of it is there. */
  complete: boolean;
  /** The message that it came with. A file without one is removed after a while. */
  messageId?: string;
  createdAt: Date;
}

export const chatFileSchema = new Schema<ChatFileDoc>(
  {
    roomId: { type: Schema.Types.ObjectId, required: true },
    meetingId: { type: Schema.Types.ObjectId, required: true },
    from: { type: String, required: true },
    to: { type: String },
    name: { type: String, required: true },
    type: { type: String, required: true },
    bytes: { type: Number, required: true },
    complete: { type: Boolean, required: true },
    messageId: { type: String },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false },
);
chatFileSchema.index({ roomId: 1 });
chatFileSchema.index({ meetingId: 1 });
chatFileSchema.index({ createdAt: 1 });
