import { Schema, type Types } from 'mongoose';
import type { FileView } from '../signaling/conversation.ts';
import { personSchema, type PersonDoc } from './person.ts';

export interface ChatMessageDoc {
  _id: Types.ObjectId;
  roomId: Types.ObjectId;
  /** From `RoomDoc.chatSeq`. Numbers whose message could not be stored stay unused. */
  seq: number;
  /** Chosen by the sender's client. */
  messageId: string;
  from: PersonDoc;
  /** Only in private messages. */
  to?: PersonDoc;
  text: string;
  file?: FileView;
  sentAt: Date;
}

const fileSchema = new Schema<FileView>(
  { fileId: { type: String }, name: { type: String }, type: { type: String }, bytes: { type: Number } },
  { _id: false },
);

export const chatMessageSchema = new Schema<ChatMessageDoc>(
  {
    roomId: { type: Schema.Types.ObjectId, required: true },
    seq: { type: Number, required: true },
    messageId: { type: String, required: true },
    from: { type: personSchema, required: true },
    to: { type: personSchema },
    // Mongoose takes an empty string for a missing one, and a file may come without words.
    text: { type: String, default: '' },
    file: { type: fileSchema },
    sentAt: { type: Date, required: true },
  },
  { versionKey: false },
);
chatMessageSchema.index({ roomId: 1, seq: 1 }, { unique: true });
// A message that is sent again is the same message, however often and through whichever server.
chatMessageSchema.index({ roomId: 1, messageId: 1, 'from.participantId': 1 }, { unique: true });
