/**
 * SRTP with AEAD_AES_128_GCM (RFC 7714). It is written here because a mass receiver opens only a sample of its RTP, and
 * then the rollover counter must come from whoever has seen every packet. No other profile, so that figures of different
 * SFUs compare.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';

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
    const low = ((rollover & 0xffff) * 0x10000 + packet.readUInt16BE(2)) >>> 0;
    const vector = initializationVector(this.#rtp.salt, packet.readUInt32BE(8), rollover >>> 16, low);
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

/** Seals the RTCP that goes to the other side. */
export class SrtcpSealer {
  readonly #rtcp: SessionKey;
  #index = 0;

  constructor(keys: SrtpKeys) {
    this.#rtcp = sessionKey(keys, 'rtcp');
  }

  seal(packet: Buffer): Buffer {
    this.#index = (this.#index + 1) & 0x7fffffff;
    const sealed = Buffer.allocUnsafe(packet.length + TAG + RTCP_INDEX);
    const indexAt = sealed.length - RTCP_INDEX;
    packet.copy(sealed, 0, 0, RTCP_HEADER);
    sealed.writeUInt32BE((this.#index | 0x80000000) >>> 0, indexAt);
    const vector = initializationVector(this.#rtcp.salt, packet.readUInt32BE(4), 0, this.#index);
    const cipher = createCipheriv(CIPHER, this.#rtcp.key, vector, { authTagLength: TAG });
    cipher.setAAD(Buffer.concat([sealed.subarray(0, RTCP_HEADER), sealed.subarray(indexAt)]));
    cipher.update(packet.subarray(RTCP_HEADER)).copy(sealed, RTCP_HEADER);
    cipher.final();
    cipher.getAuthTag().copy(sealed, indexAt - TAG);
    return sealed;
  }
}
