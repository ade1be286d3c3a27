/**
 * X25519 for werift's handshakes by OpenSSL. werift has tweetnacl do it, in JavaScript: two pairs of keys and a secret took 1.2 ms on
 * the project's own machine, here 0.18. To be imported before the first handshake, for its effect.
 */
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import nacl from 'tweetnacl';

/** All of the DER of a key before its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const KEY = 32;

/** The last bytes, in memory of their own: werift takes the whole ArrayBuffer. */
const rawKey = (der: Buffer) => new Uint8Array(der.subarray(-KEY));

function keyPair(): nacl.BoxKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('x25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  return { secretKey: rawKey(privateKey), publicKey: rawKey(publicKey) };
}

/** @throws when the other's key is a point that shows the secret: all zeros, for one */
function scalarMult(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return diffieHellman({
    privateKey: createPrivateKey({ key: Buffer.concat([PKCS8, secretKey]), format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }),
  });
}

// What else they carry stays.
nacl.scalarMult = Object.assign(scalarMult, nacl.scalarMult);
nacl.box.keyPair = Object.assign(keyPair, nacl.box.keyPair);
