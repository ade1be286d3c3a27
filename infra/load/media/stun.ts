/** The STUN binding requests and answers of ICE (RFC 8489, 8445), for one component over UDP. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { crc32 } from 'node:zlib';

const REQUEST = 0x0001;
const SUCCESS = 0x0101;
const COOKIE = 0x2112a442;
const HEADER = 20;
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  xorMappedAddress: 0x0020,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlling: 0x802a,
} as const;
const INTEGRITY = 24;
const FINGERPRINT = 8;
const FINGERPRINT_XOR = 0x5354554e;
/** Of a peer-reflexive candidate: (110 << 24) + (65535 << 8) + 255. */
const PRIORITY = 1_862_270_975;

export interface Check {
  /** `remote:local` user name fragments. */
  username: string;
  /** The remote password. */
  password: string;
  /** Which of the two agents this is should both believe to control; RFC 8445 section 7.3.1.1. */
  tieBreaker: Buffer;
  transactionId: Buffer;
  nominate: boolean;
}

export const newTransactionId = (): Buffer => randomBytes(12);

function attribute(type: number, value: Buffer): Buffer {
  const buffer = Buffer.alloc(4 + value.length + (-value.length & 3));
  buffer.writeUInt16BE(type, 0);
  buffer.writeUInt16BE(value.length, 2);
  value.copy(buffer, 4);
  return buffer;
}

function header(type: number, length: number, transactionId: Buffer): Buffer {
  const buffer = Buffer.alloc(HEADER);
  buffer.writeUInt16BE(type, 0);
  buffer.writeUInt16BE(length, 2);
  buffer.writeUInt32BE(COOKIE, 4);
  transactionId.copy(buffer, 8);
  return buffer;
}

/** The header counts the attribute that is being made, though it is not part of what is signed. */
function integrityOf(type: number, transactionId: Buffer, attributes: Buffer, password: string): Buffer {
  return createHmac('sha1', password)
    .update(header(type, attributes.length + INTEGRITY, transactionId))
    .update(attributes)
    .digest();
}

function message(type: number, transactionId: Buffer, attributes: Buffer, password: string): Buffer {
  const integrity = integrityOf(type, transactionId, attributes, password);
  const signed = Buffer.concat([
    header(type, attributes.length + INTEGRITY + FINGERPRINT, transactionId),
    attributes,
    attribute(ATTRIBUTE.integrity, integrity),
  ]);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(signed) ^ FINGERPRINT_XOR) >>> 0);
  return Buffer.concat([signed, attribute(ATTRIBUTE.fingerprint, fingerprint)]);
}

export function bindingRequest({ username, password, tieBreaker, transactionId, nominate }: Check): Buffer {
  const priority = Buffer.alloc(4);
  priority.writeUInt32BE(PRIORITY);
  const attributes = [
    attribute(ATTRIBUTE.username, Buffer.from(username)),
    attribute(ATTRIBUTE.priority, priority),
    attribute(ATTRIBUTE.iceControlling, tieBreaker),
  ];
  if (nominate) attributes.push(attribute(ATTRIBUTE.useCandidate, Buffer.alloc(0)));
  return message(REQUEST, transactionId, Buffer.concat(attributes), password);
}

/** Answers `request`. @param address where it came from; only IPv4 is told, which is all that a lean transport speaks. */
export function bindingSuccess(
  request: StunMessage,
  password: string,
  address: string,
  port: number,
): Buffer {
  if (!isIPv4(address)) throw new TypeError(`Not an IPv4 address: ${address}`);
  const value = Buffer.alloc(8);
  value[1] = 1;
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  const numeric = Buffer.from(address.split('.').map(Number)).readUInt32BE(0);
  value.writeUInt32BE((numeric ^ COOKIE) >>> 0, 4);
  return message(SUCCESS, request.transactionId, attribute(ATTRIBUTE.xorMappedAddress, value), password);
}

export interface StunMessage {
  kind: 'request' | 'success';
  transactionId: Buffer;
  username: string | undefined;
  /** Whether it was made by somebody who knows the password. */
  signedWith(password: string): boolean;
}

/** A binding request or success, or undefined when it is something else or malformed. */
export function parseStun(packet: Buffer): StunMessage | undefined {
  if (packet.length < HEADER || packet.readUInt32BE(4) !== COOKIE) return undefined;
  const type = packet.readUInt16BE(0);
  if (type !== REQUEST && type !== SUCCESS) return undefined;
  const transactionId = packet.subarray(8, HEADER);
  let username: string | undefined;
  let at = HEADER;
  while (at + 4 <= packet.length) {
    const length = packet.readUInt16BE(at + 2);
    const value = packet.subarray(at + 4, at + 4 + length);
    if (value.length < length) return undefined;
    const name = packet.readUInt16BE(at);
    if (name === ATTRIBUTE.username) username = value.toString();
    if (name === ATTRIBUTE.integrity) {
      const attributes = packet.subarray(HEADER, at);
      return {
        kind: type === REQUEST ? 'request' : 'success',
        transactionId,
        username,
        signedWith: (password) => {
          const expected = integrityOf(type, transactionId, attributes, password);
          return value.length === expected.length && timingSafeEqual(value, expected);
        },
      };
    }
    at += 4 + length + (-length & 3);
  }
  // Nothing that ICE sends comes unsigned.
  return undefined;
}
