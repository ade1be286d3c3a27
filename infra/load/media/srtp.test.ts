import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ProtectionProfileAeadAes128Gcm, RtpHeader, SrtcpSession, SrtpSession } from 'werift';
import { pictureLossIndication } from './rtcp.ts';
import { SrtpOpener, SrtpSealer } from './srtp.ts';

const LOCAL = { masterKey: createSecretKey(randomBytes(16)), masterSalt: randomBytes(12) };
const REMOTE = { masterKey: createSecretKey(randomBytes(16)), masterSalt: randomBytes(12) };

/** Another implementation at the other end. */
const config = {
  profile: ProtectionProfileAeadAes128Gcm,
  keys: {
    localMasterKey: REMOTE.masterKey.export(),
    localMasterSalt: REMOTE.masterSalt,
    remoteMasterKey: LOCAL.masterKey.export(),
    remoteMasterSalt: LOCAL.masterSalt,
  },
} as const;

const PAYLOAD = Buffer.from('some payload');
const header = (sequenceNumber: number) =>
  new RtpHeader({ ssrc: 0xfedcba98, sequenceNumber, timestamp: 5, payloadType: 96 });

describe('SRTP with AES-128-GCM against werift', () => {
  it('opens RTP', () => {
    const sealed = new SrtpSession(config).encrypt(PAYLOAD, header(9));
    const plain = new SrtpOpener(REMOTE).rtp(sealed, 12, 0);
    expect(plain?.subarray(12)).toEqual(PAYLOAD);
    expect(plain?.subarray(0, 12)).toEqual(sealed.subarray(0, 12));
  });

  it('opens RTP after the sequence number has wrapped, with that rollover alone', () => {
    const session = new SrtpSession(config);
    session.encrypt(PAYLOAD, header(65_535));
    const sealed = session.encrypt(PAYLOAD, header(0));
    const opener = new SrtpOpener(REMOTE);
    expect(opener.rtp(sealed, 12, 1)?.subarray(12)).toEqual(PAYLOAD);
    expect(opener.rtp(sealed, 12, 0)).toBeUndefined();
  });

  it('opens RTCP', () => {
    const packet = pictureLossIndication(1, 2);
    const opener = new SrtpOpener(REMOTE);
    const session = new SrtcpSession(config);
    expect(opener.rtcp(session.encrypt(packet))).toEqual(packet);
    expect(opener.rtcp(session.encrypt(packet))).toEqual(packet);
  });

  it('seals RTCP', () => {
    const packet = pictureLossIndication(1, 2);
    const sealer = new SrtpSealer(LOCAL);
    const session = new SrtcpSession(config);
    expect(session.decrypt(sealer.rtcp(packet))).toEqual(packet);
    const second = sealer.rtcp(packet);
    expect(session.decrypt(second)).toEqual(packet);
    expect(second).not.toEqual(new SrtpSealer(LOCAL).rtcp(packet));
  });

  it('seals RTP of several SSRCs across the wrap of sequence numbers, also what is sent again', () => {
    const sealer = new SrtpSealer(LOCAL);
    const session = new SrtpSession(config);
    const opener = new SrtpOpener(LOCAL);
    const packet = (ssrc: number, sequenceNumber: number) =>
      Buffer.concat([
        new RtpHeader({ ssrc, sequenceNumber, timestamp: 5, payloadType: 96 }).serialize(12),
        PAYLOAD,
      ]);
    const sealed = (ssrc: number, sequenceNumber: number) => sealer.rtp(packet(ssrc, sequenceNumber), 12);
    for (const sequenceNumber of [65_534, 65_535, 0, 1]) {
      for (const ssrc of [0xfedcba98, 7]) {
        expect(session.decrypt(sealed(ssrc, sequenceNumber))).toEqual(packet(ssrc, sequenceNumber));
      }
    }
    expect(opener.rtp(sealed(7, 65_535), 12, 0)).toEqual(packet(7, 65_535));
    expect(opener.rtp(sealed(7, 2), 12, 1)).toEqual(packet(7, 2));
    // An SSRC that begins later has a counter of its own.
    expect(opener.rtp(sealed(8, 9), 12, 0)).toEqual(packet(8, 9));
  });

  it('refuses what was changed on the way, header or payload, or is too short', () => {
    const opener = new SrtpOpener(REMOTE);
    const rtp = new SrtpSession(config).encrypt(PAYLOAD, header(9));
    const rtcp = new SrtcpSession(config).encrypt(pictureLossIndication(1, 2));
    for (const offset of [1, 14, rtp.length - 1]) {
      const changed = Buffer.from(rtp);
      changed[offset] = (changed[offset] ?? 0) ^ 1;
      expect(opener.rtp(changed, 12, 0)).toBeUndefined();
    }
    for (const offset of [1, 9, rtcp.length - 1]) {
      const changed = Buffer.from(rtcp);
      changed[offset] = (changed[offset] ?? 0) ^ 1;
      expect(opener.rtcp(changed)).toBeUndefined();
    }
    expect(opener.rtp(rtp.subarray(0, 20), 12, 0)).toBeUndefined();
    expect(opener.rtp(rtp, Infinity, 0)).toBeUndefined();
    expect(opener.rtcp(rtcp.subarray(0, 20))).toBeUndefined();
  });
});
