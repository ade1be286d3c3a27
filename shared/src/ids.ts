import { z } from 'zod';
import { ROOM_CODE_PATTERN } from './room-code.ts';

/** A MongoDB ObjectId in hex. */
export const ObjectIdHex = z.string().regex(/^[0-9a-f]{24}$/, 'Expected 24 hexadecimal digits');

/** Users, and guests for one join, share this form: `u:<ObjectId>` or `g:<uuid>`. */
export const ParticipantId = z
  .string()
  .regex(/^(u:[0-9a-f]{24}|g:[0-9a-f-]{36})$/, 'Expected the id of a user or a guest');
export type ParticipantId = z.infer<typeof ParticipantId>;

export const RoomCode = z
  .string()
  .trim()
  .toLowerCase()
  .regex(ROOM_CODE_PATTERN, 'A room code looks like tam-rilo-bek');
export type RoomCode = z.infer<typeof RoomCode>;

/** Ids made by mediasoup or by us are UUIDs; they name a thing only within the room that holds it. */
export const PeerId = z.uuid();
export const TransportId = z.uuid();
export const ProducerId = z.uuid();
export const ConsumerId = z.uuid();
export type PeerId = z.infer<typeof PeerId>;
export type TransportId = z.infer<typeof TransportId>;
export type ProducerId = z.infer<typeof ProducerId>;
export type ConsumerId = z.infer<typeof ConsumerId>;
