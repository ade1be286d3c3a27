import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ProtectionProfileAeadAes128Gcm, RtpHeader, SrtcpSession, SrtpSession } from 'werift';
import { pictureLossIndication } from './rtcp.ts';
import { SrtcpSealer, SrtpOpener } from './srtp.ts';

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
    const sealer = new SrtcpSealer(LOCAL);
    const session = new SrtcpSession(config);
    expect(session.decrypt(sealer.seal(packet))).toEqual(packet);
    const second = sealer.seal(packet);
    expect(session.decrypt(second)).toEqual(packet);
    expect(second).not.toEqual(new SrtcpSealer(LOCAL).seal(packet));
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
