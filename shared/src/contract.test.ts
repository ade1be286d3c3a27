import { describe, expect, it } from '@jest/globals';
import { AppError, ERRORS } from './errors.ts';
import { Email, RegisterBody } from './rest/auth.ts';
import { DisplayName } from './rest/common.ts';
import { UpdateMeBody } from './rest/me.ts';
import { DtlsParameters, RtpParameters } from './signaling/media.ts';
import { LIMITS } from './limits.ts';
import { REQUESTS } from './signaling/messages.ts';

const ID = '3f0c5e0a-8a43-4f5b-9c5f-6d2f2c6f1a10';

describe('AppError', () => {
  it('crosses the wire and comes back the same, without its cause', () => {
    const error = new AppError('ROOM_FULL', 'Full', { details: { max: 2 }, cause: new Error('secret') });
    const body = JSON.parse(JSON.stringify(error.toBody()));
    expect(body).toEqual({ code: 'ROOM_FULL', message: 'Full', details: { max: 2 } });
    const back = AppError.fromBody(body);
    expect(back).toMatchObject({
      code: 'ROOM_FULL',
      message: 'Full',
      details: { max: 2 },
      status: 409,
      retry: true,
    });
  });

  it('has a sensible HTTP status for every code', () => {
    for (const { status } of Object.values(ERRORS)) expect(status).toBeGreaterThanOrEqual(400);
  });
});

describe('REST bodies', () => {
  it('normalises an email address', () => {
    expect(Email.parse('  Mia@Example.ORG ')).toBe('mia@example.org');
    expect(Email.safeParse('mia@').success).toBe(false);
  });

  it('refuses unknown fields, so that a typo is not silently ignored', () => {
    const body = { email: 'a@b.org', password: '0123456789', displayName: 'A' };
    expect(RegisterBody.safeParse(body).success).toBe(true);
    expect(RegisterBody.safeParse({ ...body, role: 'admin' }).success).toBe(false);
    expect(RegisterBody.safeParse({ ...body, password: '012345678' }).success).toBe(false);
    expect(RegisterBody.safeParse({ ...body, password: 'x'.repeat(129) }).success).toBe(false);
  });

  it('refuses names that could pass for another', () => {
    expect(DisplayName.safeParse('Mia\u202Egro.elpmaxe').success).toBe(false);
    expect(DisplayName.safeParse('   ').success).toBe(false);
    expect(DisplayName.parse(' Zoë 🌊 ')).toBe('Zoë 🌊');
  });

  it('changes a password only together with the current one', () => {
    expect(UpdateMeBody.safeParse({ newPassword: '0123456789' }).success).toBe(false);
    expect(UpdateMeBody.safeParse({ newPassword: '0123456789', currentPassword: 'x' }).success).toBe(true);
    expect(UpdateMeBody.safeParse({}).success).toBe(false);
  });
});

describe('signaling', () => {
  it('bounds what a client may describe', () => {
    const codecs = [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }];
    expect(RtpParameters.safeParse({ codecs, encodings: [{ rid: 'r0' }] }).success).toBe(true);
    expect(RtpParameters.safeParse({ codecs, encodings: Array(5).fill({ rid: 'r' }) }).success).toBe(false);
    expect(RtpParameters.safeParse({ codecs: [], encodings: [{ ssrc: 1 }] }).success).toBe(false);
    expect(RtpParameters.safeParse({ codecs, encodings: [{ ssrc: 2 ** 32 }] }).success).toBe(false);
  });

  it('takes only real fingerprints', () => {
    const value = Array(32).fill('AB').join(':');
    const sha256 = (text: string) => ({ fingerprints: [{ algorithm: 'sha-256', value: text }] });
    expect(DtlsParameters.safeParse(sha256(value)).success).toBe(true);
    expect(DtlsParameters.safeParse(sha256('AB:CD')).success).toBe(false);
    expect(DtlsParameters.safeParse({ fingerprints: [] }).success).toBe(false);
  });

  it('knows sources and layers by their bounds', () => {
    const tile = { peerId: ID, source: 'camera', width: 320, height: 180 };
    const show = (...tiles: object[]) => REQUESTS.show.input.safeParse({ tiles }).success;
    expect(show(tile, { ...tile, source: 'screen', pinned: true })).toBe(true);
    expect(show({ ...tile, source: 'microphone' })).toBe(false);
    expect(show({ ...tile, width: 0 })).toBe(false);
    expect(show({ ...tile, height: 1e6 })).toBe(false);
    expect(show(...Array<object>(LIMITS.tilesPerView + 1).fill(tile))).toBe(false);
    expect(REQUESTS.resumeConsumers.input.safeParse({ consumerIds: ['x'] }).success).toBe(false);
    const rtpParameters = { codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }] };
    const produce = { produceId: ID, transportId: ID, source: 'keyboard', rtpParameters, paused: false };
    expect(REQUESTS.produce.input.safeParse(produce).success).toBe(false);
    expect(REQUESTS.produce.input.safeParse({ ...produce, source: 'camera' }).success).toBe(true);
  });
});
