// The MongoDB wire protocol: OP_MSG both ways, and OP_QUERY with OP_REPLY for the driver's first hello.
// Format: https://github.com/mongodb/specifications/blob/master/source/message/OP_MSG.md
import { MongoError } from './errors.ts';
import { MAX_DOCUMENT_BYTES, decode, encode } from './codec.ts';
import type { Doc } from './values.ts';

/** The largest message, in bytes, as a mongod announces in `maxMessageSizeBytes`. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits 0 to 15 must be understood by the receiver; the others may be ignored. */
const REQUIRED_BITS = 0xffff;

/** A command as it came in. */
export interface Request {
  readonly requestId: number;
  readonly isLegacy: boolean;
  /** False when the client said that it waits for no answer (`w: 0`). */
  readonly wantsReply: boolean;
  readonly body: Doc;
}

/** Bytes that are no message: the connection they came on cannot go on. */
export class WireError extends Error {}

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** CRC-32C (Castagnoli), the checksum of OP_MSG. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC32C_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** Cuts a stream of bytes into messages. */
export class Framer {
  #chunks: Buffer[] = [];
  #length = 0;

  /**
   * Takes bytes and returns the messages they complete.
   * @throws WireError when a length is impossible.
   */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const messages: Buffer[] = [];
    for (;;) {
      const wanted = this.#wanted();
      if (wanted === undefined || this.#length < wanted) return messages;
      const all = this.#joined();
      messages.push(all.subarray(0, wanted));
      this.#chunks = all.length > wanted ? [all.subarray(wanted)] : [];
      this.#length = all.length - wanted;
    }
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    const all = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  #wanted(): number | undefined {
    if (this.#length < 4) return undefined;
    const first = this.#chunks[0];
    const wanted = (first && first.length >= 4 ? first : this.#joined()).readInt32LE(0);
    if (wanted < HEADER_BYTES || wanted > MAX_MESSAGE_BYTES) throw new WireError(`message length ${wanted}`);
    return wanted;
  }
}

/** The bytes of the BSON document at an offset. */
function documentAt(message: Buffer, offset: number, end: number): Buffer {
  const length = offset + 4 <= end ? message.readInt32LE(offset) : 0;
  if (length < 5 || offset + length > end) throw new WireError('a document reaches beyond its message');
  return message.subarray(offset, offset + length);
}

function readSequence(message: Buffer, start: number, body: Doc): number {
  const size = message.readInt32LE(start);
  const end = start + size;
  const nameEnd = message.indexOf(0, start + 4);
  if (size < 5 || end > message.length || nameEnd < 0 || nameEnd >= end)
    throw new WireError('a broken document sequence');
  const docs: Doc[] = [];
  let offset = nameEnd + 1;
  while (offset < end) {
    const bytes = documentAt(message, offset, end);
    docs.push(decode(bytes));
    offset += bytes.length;
  }
  body[message.toString('utf8', start + 4, nameEnd)] = docs;
  return end;
}

function parseMsg(message: Buffer, requestId: number): Request {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if (flags & REQUIRED_BITS & ~(CHECKSUM_PRESENT | MORE_TO_COME))
    throw new WireError(`unknown flags ${flags}`);
  let end = message.length;
  if (flags & CHECKSUM_PRESENT) {
    end -= 4;
    if (crc32c(message.subarray(0, end)) !== message.readUInt32LE(end))
      throw new WireError('checksum mismatch');
  }
  const sections = message.subarray(0, end);
  const sequences: Doc = {};
  let body: Doc | undefined;
  let offset = HEADER_BYTES + 4;
  while (offset < end) {
    const kind = sections[offset];
    if (kind === 0) {
      if (body) throw new WireError('two bodies in one message');
      const bytes = documentAt(sections, offset + 1, end);
      body = decode(bytes);
      offset += 1 + bytes.length;
    } else if (kind === 1) offset = readSequence(sections, offset + 1, sequences);
    else throw new WireError(`a section of unknown kind ${kind}`);
  }
  if (!body) throw new WireError('a message without a body');
  for (const name of Object.keys(sequences)) {
    if (Object.hasOwn(body, name)) throw new WireError(`'${name}' is given twice`);
  }
  return { requestId, isLegacy: false, wantsReply: !(flags & MORE_TO_COME), body: { ...body, ...sequences } };
}

function parseQuery(message: Buffer, requestId: number): Request {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd < 0) throw new WireError('a query without a name');
  const namespace = message.toString('utf8', HEADER_BYTES + 4, nameEnd);
  const body = decode(documentAt(message, nameEnd + 9, message.length));
  return { requestId, isLegacy: true, wantsReply: true, body: { ...body, $db: namespace.split('.')[0] } };
}

/**
 * Reads one message.
 * @throws WireError or bson's error when it is malformed; the connection must then be closed.
 */
export function parseMessage(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return parseMsg(message, requestId);
  if (opCode === OP_QUERY) return parseQuery(message, requestId);
  throw new WireError(`operation ${opCode} is not served`);
}

/** The error for a command other than hello that comes as OP_QUERY. */
export const legacyRefused = (name: string): MongoError =>
  new MongoError(352, `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`);

/** The largest answer: a document of the largest size, and what is around it; MongoDB's own margin. */
const MAX_REPLY_BYTES = MAX_DOCUMENT_BYTES + 16 * 1024;
const TOO_LARGE: Doc = {
  ok: 0,
  code: 10334,
  codeName: 'BSONObjectTooLarge',
  errmsg: 'the result is larger than a document may be',
};

/** Encodes the answer to a request. */
export function encodeReply(request: Request, reply: Doc): Buffer {
  const encoded = encode(reply);
  const body = encoded.length <= MAX_REPLY_BYTES ? encoded : encode(TOO_LARGE);
  const middle = request.isLegacy ? Buffer.alloc(20) : Buffer.alloc(5);
  // OP_REPLY: flags, cursor id, starting position, then the number of documents. OP_MSG: flags and one body section.
  if (request.isLegacy) middle.writeInt32LE(1, 16);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + middle.length + body.length, 0);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(request.isLegacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, middle, body]);
}
