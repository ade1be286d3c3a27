import { expect, it } from '@jest/globals';
import nacl from 'tweetnacl';

const theirs = { scalarMult: nacl.scalarMult, keyPair: nacl.box.keyPair };
await import('./native-x25519.ts');

/** RFC 7748, section 6.1. */
const BOB_SECRET = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb';
const ALICE_PUBLIC = '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a';
const SHARED = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');

it('comes to the secret that the RFC gives', () => {
  expect(nacl.scalarMult).not.toBe(theirs.scalarMult);
  expect(hex(nacl.scalarMult(bytes(BOB_SECRET), bytes(ALICE_PUBLIC)))).toBe(SHARED);
});

it('makes keys that others understand, in memory of their own', () => {
  expect(nacl.box.keyPair).not.toBe(theirs.keyPair);
  const [ours, other] = [nacl.box.keyPair(), theirs.keyPair()];
  expect(ours.publicKey.buffer.byteLength).toBe(32);
  expect(ours.secretKey.buffer.byteLength).toBe(32);
  expect(hex(nacl.scalarMult(ours.secretKey, other.publicKey))).toBe(
    hex(theirs.scalarMult(other.secretKey, ours.publicKey)),
  );
});

it('takes no key that would show the secret', () => {
  expect(() => nacl.scalarMult(bytes(BOB_SECRET), new Uint8Array(32))).toThrow();
});
