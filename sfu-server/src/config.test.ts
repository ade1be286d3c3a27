import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

const needed = { MONGODB_URI: 'mongodb://localhost/x', ROOM_TOKEN_SECRET: 'x'.repeat(32) };

describe('readConfig', () => {
  it('has working defaults for everything but the database and the secret', () => {
    expect(readConfig(needed)).toMatchObject({
      host: '127.0.0.1',
      port: 3001,
      rtcPort: 40_000,
      mediaListen: [{ ip: '127.0.0.1' }],
      allowedOrigins: [],
      tls: undefined,
      checkOutputs: false,
    });
    expect(() => readConfig({})).toThrow(/MONGODB_URI: [^\n]+\nROOM_TOKEN_SECRET: /);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ...needed, SFU_PORT: '', MEDIA_LISTEN: '' }).port).toBe(3001);
  });

  it('reads addresses, announced or not', () => {
    const { mediaListen } = readConfig({ ...needed, MEDIA_LISTEN: '10.0.0.5=203.0.113.9, ::1' });
    expect(mediaListen).toEqual([{ ip: '10.0.0.5', announcedAddress: '203.0.113.9' }, { ip: '::1' }]);
  });

  it.each([
    ['SFU_PORT', '70000'],
    ['WORKERS', '0'],
    ['MEDIA_LISTEN', 'localhost'],
    ['ROOM_TOKEN_SECRET', 'short'],
    ['METRICS_TOKEN', 'short'],
    ['LOG_LEVEL', 'loud'],
  ])('names %s when it is %j', (name, value) => {
    expect(() => readConfig({ ...needed, [name]: value })).toThrow(name);
  });

  it('wants both halves of a certificate', () => {
    expect(() => readConfig({ ...needed, TLS_CERT: '/tmp/cert.pem' })).toThrow('TLS_CERT and TLS_KEY');
  });
});
