/** The STUN messages of TURN (RFC 8489, 8656), as a client needs them. What ICE needs is in infra/load/media/stun.ts. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';

const COOKIE = 0x2112a442;
const HEADER = 20;
const INTEGRITY = 24;

export const METHOD = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
} as const;

/** Added to the method. */
export const CLASS = { request: 0x000, indication: 0x010, success: 0x100, error: 0x110 } as const;

export const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedTransport: 0x0019,
  xorMappedAddress: 0x0020,
} as const;

export type Attribute = readonly [type: number, value: Buffer | string];

export interface TurnMessage {
  /** Method and class. */
  type: number;
  transactionId: Buffer;
  attributes: ReadonlyMap<number, Buffer>;
}

/** The key of a long-term credential, RFC 8489 section 9.2.2. */
export function longTermKey(username: string, realm: string, password: string): Buffer {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest();
}

/** @param key signs the message; without one it is not signed */
export function encodeTurn(
  type: number,
  attributes: readonly Attribute[],
  { transactionId = randomBytes(12), key }: { transactionId?: Buffer; key?: Buffer } = {},
): Buffer {
  const body = Buffer.concat(attributes.map(encodeAttribute));
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length + (key ? INTEGRITY : 0), 2);
  header.writeUInt32BE(COOKIE, 4);
  transactionId.copy(header, 8);
  if (!key) return Buffer.concat([header, body]);
  const signature = createHmac('sha1', key).update(header).update(body).digest();
  return Buffer.concat([header, body, encodeAttribute([ATTRIBUTE.messageIntegrity, signature])]);
}

function encodeAttribute([type, value]: Attribute): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const buffer = Buffer.alloc(4 + bytes.length + (-bytes.length & 3));
  buffer.writeUInt16BE(type, 0);
  buffer.writeUInt16BE(bytes.length, 2);
  bytes.copy(buffer, 4);
  return buffer;
}

/** Undefined for what is no STUN message or is cut off. Of an attribute that comes twice the first counts. */
export function parseTurn(packet: Buffer): TurnMessage | undefined {
  if (packet.length < HEADER || packet.readUInt32BE(4) !== COOKIE) return undefined;
  if (packet.readUInt16BE(2) !== packet.length - HEADER) return undefined;
  const attributes = new Map<number, Buffer>();
  let at = HEADER;
  while (at + 4 <= packet.length) {
    const type = packet.readUInt16BE(at);
    const length = packet.readUInt16BE(at + 2);
    const value = packet.subarray(at + 4, at + 4 + length);
    if (value.length < length) return undefined;
    if (!attributes.has(type)) attributes.set(type, value);
    at += 4 + length + (-length & 3);
  }
  return { type: packet.readUInt16BE(0), transactionId: packet.subarray(8, HEADER), attributes };
}

export interface TurnError {
  /** As in RFC 8656 section 19: 401 unauthorized, 403 forbidden, 438 stale nonce, 486 quota. */
  code: number;
  reason: string;
}

export function errorOf({ attributes }: TurnMessage): TurnError | undefined {
  const value = attributes.get(ATTRIBUTE.errorCode);
  if (!value || value.length < 4) return undefined;
  return { code: (value.readUInt8(2) & 7) * 100 + value.readUInt8(3), reason: value.toString('utf8', 4) };
}

/** An XOR address attribute. @throws {TypeError} for what is no IPv4 address */
export function xorAddress(type: number, address: string, port: number): Attribute {
  if (!isIPv4(address)) throw new TypeError(`Not an IPv4 address: ${address}`);
  const value = Buffer.alloc(8);
  value[1] = 1;
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  const numeric = Buffer.from(address.split('.').map(Number)).readUInt32BE(0);
  value.writeUInt32BE((numeric ^ COOKIE) >>> 0, 4);
  return [type, value];
}

/** The address in an XOR address attribute as `ip:port`; undefined for IPv6, which the doctor does not ask for. */
export function readXorAddress(value: Buffer | undefined): string | undefined {
  if (value?.length !== 8 || value[1] !== 1) return undefined;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((value.readUInt32BE(4) ^ COOKIE) >>> 0);
  return `${bytes.join('.')}:${value.readUInt16BE(2) ^ (COOKIE >>> 16)}`;
}
