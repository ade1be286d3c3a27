/**
 * SRTP with AEAD_AES_128_GCM (RFC 7714). It is written here because a mass receiver opens only a sample of its RTP, and
 * then the rollover counter must come from whoever has seen every packet. No other profile, so that figures of different
 * SFUs compare.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { nearest } from './sequence-tracker.ts';

/** Keys are KeyObjects, because Node makes one of a Buffer at each use, which takes five times as long as the rest. */
export interface SrtpKeys {
  masterKey: KeyObject;
  masterSalt: Buffer;
}

/** Bytes of the master key and salt in the DTLS key material. */
export const KEY_LENGTH = 16;
export const SALT_LENGTH = 12;
const CIPHER = 'aes-128-gcm';
const TAG = 16;
/** E flag and SRTCP index. */
const RTCP_INDEX = 4;
const RTCP_HEADER = 8;
/** Labels of the key derivation, RFC 3711 section 4.3.2. */
const LABELS = { rtp: { key: 0, salt: 2 }, rtcp: { key: 3, salt: 5 } } as const;

interface SessionKey {
  key: KeyObject;
  salt: Buffer;
}

function sessionKey({ masterKey, masterSalt }: SrtpKeys, protocol: 'rtp' | 'rtcp'): SessionKey {
  const derive = (label: number, length: number): Buffer => {
    const counter = Buffer.alloc(16);
    masterSalt.copy(counter);
    counter[7] = (counter[7] ?? 0) ^ label;
    return createCipheriv('aes-128-ctr', masterKey, counter).update(Buffer.alloc(length));
  };
  const { key, salt } = LABELS[protocol];
  return { key: createSecretKey(derive(key, KEY_LENGTH)), salt: derive(salt, SALT_LENGTH) };
}

const IV_LENGTH = 12;
const iv = Buffer.alloc(IV_LENGTH);

/** @param high after the SSRC, 16 bits: the upper half of the rollover counter; 0 in RTCP. @param low 32 bits: the rest */
function initializationVector(salt: Buffer, ssrc: number, high: number, low: number): Buffer {
  iv.writeUInt16BE(0, 0);
  iv.writeUInt32BE(ssrc, 2);
  iv.writeUInt16BE(high, 6);
  iv.writeUInt32BE(low, 8);
  for (let i = 0; i < IV_LENGTH; i++) iv[i] = (iv[i] ?? 0) ^ (salt[i] ?? 0);
  return iv;
}

function rtpVector(salt: Buffer, packet: Buffer, rollover: number): Buffer {
  const low = ((rollover & 0xffff) * 0x10000 + packet.readUInt16BE(2)) >>> 0;
  return initializationVector(salt, packet.readUInt32BE(8), rollover >>> 16, low);
}

/** Opens what comes from one side. */
export class SrtpOpener {
  readonly #rtp: SessionKey;
  readonly #rtcp: SessionKey;

  constructor(keys: SrtpKeys) {
    this.#rtp = sessionKey(keys, 'rtp');
    this.#rtcp = sessionKey(keys, 'rtcp');
  }

  /** The plain packet, or undefined when it is not authentic. @param headerLength where the payload begins */
  rtp(packet: Buffer, headerLength: number, rollover: number): Buffer | undefined {
    const tagAt = packet.length - TAG;
    if (tagAt < headerLength) return undefined;
    const vector = rtpVector(this.#rtp.salt, packet, rollover);
    return open(this.#rtp.key, vector, packet.subarray(0, headerLength), packet, headerLength, tagAt);
  }

  /** The plain packet, or undefined when it is not authentic. What is not encrypted is not taken either. */
  rtcp(packet: Buffer): Buffer | undefined {
    const indexAt = packet.length - RTCP_INDEX;
    const tagAt = indexAt - TAG;
    if (tagAt < RTCP_HEADER) return undefined;
    const index = packet.readUInt32BE(indexAt);
    if (index >>> 31 === 0) return undefined;
    const vector = initializationVector(this.#rtcp.salt, packet.readUInt32BE(4), 0, index & 0x7fffffff);
    const associated = Buffer.concat([packet.subarray(0, RTCP_HEADER), packet.subarray(indexAt)]);
    return open(this.#rtcp.key, vector, associated, packet, RTCP_HEADER, tagAt);
  }
}

function open(
  key: KeyObject,
  vector: Buffer,
  associated: Buffer,
  packet: Buffer,
  start: number,
  tagAt: number,
): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, key, vector, { authTagLength: TAG });
  decipher.setAAD(associated);
  decipher.setAuthTag(packet.subarray(tagAt, tagAt + TAG));
  const plain = decipher.update(packet.subarray(start, tagAt));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return Buffer.concat([packet.subarray(0, start), plain]);
}

/** Seals what goes to the other side. */
export class SrtpSealer {
  readonly #rtp: SessionKey;
  readonly #rtcp: SessionKey;
  /** The highest sequence number of each SSRC, counted on beyond 16 bits. */
  readonly #highest = new Map<number, number>();
  #rtcpIndex = 0;

  constructor(keys: SrtpKeys) {
    this.#rtp = sessionKey(keys, 'rtp');
    this.#rtcp = sessionKey(keys, 'rtcp');
  }

  /**
   * A packet may be sent again: it has the index that it had. That would be careless with anybody's secrets, for its header
   * may be another, but there are none here.
   *
   * @param headerLength where the payload begins
   */
  rtp(packet: Buffer, headerLength: number): Buffer {
    const ssrc = packet.readInt32BE(8);
    const sequence = packet.readUInt16BE(2);
    const highest = this.#highest.get(ssrc) ?? sequence;
    const extended = nearest(highest, sequence);
    this.#highest.set(ssrc, Math.max(highest, extended));
    const vector = rtpVector(this.#rtp.salt, packet, extended >> 16);
    const sealed = Buffer.allocUnsafe(packet.length + TAG);
    seal(this.#rtp.key, vector, packet.subarray(0, headerLength), packet, headerLength, sealed);
    return sealed;
  }

  rtcp(packet: Buffer): Buffer {
    this.#rtcpIndex = (this.#rtcpIndex + 1) & 0x7fffffff;
    const sealed = Buffer.allocUnsafe(packet.length + TAG + RTCP_INDEX);
    const indexAt = sealed.length - RTCP_INDEX;
    sealed.writeUInt32BE((this.#rtcpIndex | 0x80000000) >>> 0, indexAt);
    const vector = initializationVector(this.#rtcp.salt, packet.readUInt32BE(4), 0, this.#rtcpIndex);
    const associated = Buffer.concat([packet.subarray(0, RTCP_HEADER), sealed.subarray(indexAt)]);
    seal(this.#rtcp.key, vector, associated, packet, RTCP_HEADER, sealed);
    return sealed;
  }
}

/** Writes the packet and the tag after it to `sealed`. @param start where encryption begins */
function seal(
  key: KeyObject,
  vector: Buffer,
  associated: Buffer,
  packet: Buffer,
  start: number,
  sealed: Buffer,
): void {
  const cipher = createCipheriv(CIPHER, key, vector, { authTagLength: TAG });
  cipher.setAAD(associated);
  packet.copy(sealed, 0, 0, start);
  cipher.update(packet.subarray(start)).copy(sealed, start);
  cipher.final();
  cipher.getAuthTag().copy(sealed, packet.length);
}
