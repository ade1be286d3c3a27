import { Schema, type Types } from 'mongoose';

/** Where GridFS keeps the bytes, each under the `_id` of its file. */
export const CHAT_FILE_BUCKET = 'chatfilebytes';

/**
 * A file that somebody put into a room. It is noted before its first byte is stored, so that whatever is left of an upload
 * that broke off is found, and removed.
 */
export interface ChatFileDoc {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
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
chatFileSchema.index({ createdAt: 1 });
