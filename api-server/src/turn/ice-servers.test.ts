import { describe, expect, it } from '@jest/globals';
import { iceServersFor, TURN_URLS_MAX } from './ice-servers.ts';
import { mintCredential } from './credentials.ts';

const SECRET = 'n'.repeat(32);
const server = (name: string, region?: string) => ({
  urls: [`turn:${name}?transport=udp`, `turn:${name}?transport=tcp`, `turns:${name}:443`],
  secret: SECRET,
  region,
});
const STUN = { urls: 'stun:stun.example.org' };
const config = {
  iceServers: [STUN],
  turnServers: [server('eu.example', 'eu'), server('us.example', 'us')],
  turnTtlSeconds: 3600,
};

const urlsOf = (region?: string) => iceServersFor(config, 'u:1', region).flatMap(({ urls }) => urls);

describe('iceServersFor', () => {
  it('has the servers of every grant first, then those with credentials of the participant', () => {
    const before = Math.floor(Date.now() / 1000);
    const [first, second] = iceServersFor(config, 'u:1');
    expect(first).toEqual(STUN);
    const [expiry = '', participant] = second?.username?.split(/:(.*)/) ?? [];
    expect(participant).toBe('u:1');
    expect(Number(expiry)).toBeGreaterThanOrEqual(before + 3600);
    expect(Number(expiry)).toBeLessThanOrEqual(Math.floor(Date.now() / 1000) + 3600);
    const issuedAtMs = (Number(expiry) - 3600) * 1000;
    expect(second).toMatchObject(mintCredential(SECRET, 'u:1', 3600, issuedAtMs));
  });

  it('never hands out the secret or the region', () => {
    for (const { username, credential, urls, ...rest } of iceServersFor(config, 'u:1')) {
      expect(rest).toEqual({});
      expect([username, credential, urls].join()).not.toContain(SECRET);
    }
  });

  it('keeps the order without a region, and with one that has no server', () => {
    expect(urlsOf()[1]).toContain('eu.example');
    expect(urlsOf('asia')).toEqual(urlsOf());
  });

  it('begins with the servers of the region', () => {
    expect(urlsOf('us').slice(1)).toEqual([
      ...server('us.example').urls,
      'turn:eu.example?transport=udp',
      'turns:eu.example:443',
    ]);
  });

  it('has a way over TLS to a second server, whatever the first one has', () => {
    const [first, second, third] = [server('a.example'), server('b.example'), server('c.example')];
    const many = { ...first, urls: [...first.urls, 'turn:a.example:80', 'turns:a.example:5349'] };
    const turnServers = [many, second, third];
    const urls = iceServersFor({ ...config, turnServers }, 'u:1').flatMap((each) => each.urls);
    expect(urls.slice(1)).toEqual([...many.urls.slice(0, 4), 'turns:b.example:443']);
  });

  it('hands out a bounded number of addresses, and no server without any', () => {
    const turnServers = ['a', 'b', 'c', 'd'].map((name) => server(`${name}.example`));
    const servers = iceServersFor({ ...config, turnServers }, 'u:1').slice(1);
    expect(servers.flatMap(({ urls }) => urls)).toHaveLength(TURN_URLS_MAX);
    expect(servers).toHaveLength(2);
  });
});
