import { describe, expect, it } from '@jest/globals';
import { clientOrigins, firstLanAddress, localAddress, mediaListen } from './network.ts';
import { readSettings } from './settings.ts';

const lan = { LAN_ADDRESS: '192.168.1.5' };

describe('for this machine only', () => {
  const settings = readSettings(lan);

  it('media listens on loopback and, for Firefox, at the own address; the client has two origins', () => {
    expect(mediaListen(settings)).toEqual(['127.0.0.1', '192.168.1.5']);
    expect(clientOrigins(settings)).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000']);
  });
});

describe('with --https', () => {
  const settings = readSettings(lan, { https: true });

  it('media and the client are also at the LAN address', () => {
    expect(mediaListen(settings)).toEqual(['127.0.0.1', '192.168.1.5']);
    expect(clientOrigins(settings)).toEqual([
      'https://localhost:3000',
      'https://127.0.0.1:3000',
      'https://192.168.1.5:3000',
    ]);
  });

  it('looks for readiness where a wildcard can be reached', () => {
    expect(localAddress(settings)).toBe('127.0.0.1');
  });
});

describe('in a deployment', () => {
  it('tells clients the announced address only', () => {
    const settings = readSettings({ HOST: '0.0.0.0', MEDIA_ANNOUNCED_ADDRESS: '203.0.113.7' });
    expect(mediaListen(settings)).toEqual(['0.0.0.0=203.0.113.7']);
  });

  it('lets MEDIA_LISTEN decide alone', () => {
    const given = {
      ...lan,
      MEDIA_ANNOUNCED_ADDRESS: '203.0.113.7',
      MEDIA_LISTEN: '127.0.0.1, 10.0.0.5=203.0.113.9',
    };
    expect(mediaListen(readSettings(given))).toEqual(['127.0.0.1', '10.0.0.5=203.0.113.9']);
    expect(() => readSettings({ MEDIA_LISTEN: 'localhost' })).toThrow(/^MEDIA_LISTEN is "localhost"/);
  });

  it('allows the origins it is given, and writes no port that the scheme implies', () => {
    const settings = readSettings({
      PORT: '80',
      ALLOWED_ORIGINS: 'https://meet.example.com, https://b.example',
    });
    expect(clientOrigins(settings)).toEqual([
      'http://localhost',
      'http://127.0.0.1',
      'https://meet.example.com',
      'https://b.example',
    ]);
  });
});

describe('firstLanAddress', () => {
  const entry = { netmask: '', mac: '', cidr: null };

  it('skips loopback and IPv6', () => {
    expect(
      firstLanAddress({
        lo: [{ ...entry, address: '127.0.0.1', family: 'IPv4', internal: true }],
        eth0: [
          { ...entry, address: 'fe80::1', family: 'IPv6', internal: false, scopeid: 2 },
          { ...entry, address: '10.0.0.8', family: 'IPv4', internal: false },
        ],
      }),
    ).toBe('10.0.0.8');
  });

  it('is undefined on a machine without a network', () => {
    expect(
      firstLanAddress({ lo: [{ ...entry, address: '127.0.0.1', family: 'IPv4', internal: true }] }),
    ).toBeUndefined();
  });
});
