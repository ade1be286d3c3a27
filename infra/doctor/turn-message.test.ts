import { describe, expect, it } from '@jest/globals';
import {
  ATTRIBUTE,
  CLASS,
  encodeTurn,
  errorOf,
  longTermKey,
  METHOD,
  parseTurn,
  readXorAddress,
  xorAddress,
} from './turn-message.ts';

/** RFC 5769 section 2.4: a request with long-term authentication. */
const SAMPLE = {
  transactionId: Buffer.from('78ad3433c6ad72c029da412e', 'hex'),
  username: '\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9',
  password: 'TheMatrIX',
  nonce: 'f//499k954d6OL34oL9FSTvy64sA',
  realm: 'example.org',
  bytes:
    '000100602112a44278ad3433c6ad72c029da412e' +
    '00060012e3839ee38388e383aae38383e382afe382b90000' +
    '0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700' +
    '00080014f67024656dd64a3e02b8e0712e85c9a28ca89666',
};

describe('TURN messages', () => {
  it('are signed as in the sample of RFC 5769', () => {
    const { transactionId, username, realm, password, nonce, bytes } = SAMPLE;
    const message = encodeTurn(
      METHOD.binding + CLASS.request,
      [
        [ATTRIBUTE.username, username],
        [ATTRIBUTE.nonce, nonce],
        [ATTRIBUTE.realm, realm],
      ],
      { transactionId, key: longTermKey(username, realm, password) },
    );
    expect(message.toString('hex')).toBe(bytes);
  });

  it('are read as they were written', () => {
    const address = xorAddress(ATTRIBUTE.xorPeerAddress, '192.0.2.1', 32_853);
    const packet = encodeTurn(METHOD.send + CLASS.indication, [
      address,
      [ATTRIBUTE.data, Buffer.from('abc')],
    ]);
    const message = parseTurn(packet);
    expect(message?.type).toBe(0x016);
    expect(message?.attributes.get(ATTRIBUTE.data)?.toString()).toBe('abc');
    expect(readXorAddress(message?.attributes.get(ATTRIBUTE.xorPeerAddress))).toBe('192.0.2.1:32853');
  });

  it('tell errors', () => {
    const value = Buffer.concat([Buffer.from([0, 0, 4, 38]), Buffer.from('Stale Nonce')]);
    const message = parseTurn(encodeTurn(METHOD.allocate + CLASS.error, [[ATTRIBUTE.errorCode, value]]));
    expect(message && errorOf(message)).toEqual({ code: 438, reason: 'Stale Nonce' });
  });

  it('are passed over when they are cut off or something else', () => {
    const packet = encodeTurn(METHOD.binding, [[ATTRIBUTE.realm, 'example.org']]);
    expect(parseTurn(packet.subarray(0, packet.length - 4))).toBeUndefined();
    expect(parseTurn(packet.subarray(0, 10))).toBeUndefined();
    expect(parseTurn(Buffer.alloc(40))).toBeUndefined();
    // An attribute that claims to be longer than the message.
    packet.writeUInt16BE(400, 22);
    expect(parseTurn(packet)).toBeUndefined();
  });

  it('write no address that is none', () => {
    expect(() => xorAddress(ATTRIBUTE.xorPeerAddress, 'example.org', 1)).toThrow(TypeError);
  });
});
