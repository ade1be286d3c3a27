import { BlockList, isIPv4 } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { PRIVATE_RANGES } from './denied-peers.ts';
import { turnserverConf, type TurnserverOptions } from './turnserver-conf.ts';

const OPTIONS: TurnserverOptions = {
  secret: 's'.repeat(32),
  realm: 'turn.example.org',
  listen: [{ ip: '10.0.0.5', announcedIp: '203.0.113.9' }, { ip: '2001:db8::5' }],
  port: 3478,
  tlsPort: 443,
  peers: ['203.0.113.7'],
  folder: '/var/lib/turn',
};

const linesOf = (options: Partial<TurnserverOptions> = {}) =>
  turnserverConf({ ...OPTIONS, ...options }).split('\n');

describe('turnserverConf', () => {
  it('takes only signed users, and hides what can be attacked', () => {
    const lines = linesOf();
    for (const line of [
      'use-auth-secret',
      `static-auth-secret=${OPTIONS.secret}`,
      'realm=turn.example.org',
      'fingerprint',
      'no-cli',
      'no-multicast-peers',
      'no-tcp-relay',
      'no-software-attribute',
    ]) {
      expect(lines).toContain(line);
    }
    for (const name of ['stale-nonce', 'user-quota', 'total-quota', 'max-bps']) {
      expect(lines.find((line) => line.startsWith(`${name}=`))).toMatch(/=[1-9]\d*$/);
    }
    expect(lines.filter((line) => /web-admin|^no-auth|lt-cred/.test(line))).toEqual([]);
  });

  it('listens at each address, and announces those behind a NAT', () => {
    expect(linesOf().filter((line) => /^(listening-ip|external-ip)/.test(line))).toEqual([
      'listening-ip=10.0.0.5',
      'listening-ip=2001:db8::5',
      'external-ip=203.0.113.9/10.0.0.5',
    ]);
  });

  it('speaks TLS with a certificate, of version 1.2 or later, and none without', () => {
    const tls = linesOf({ tls: { cert: '/tls/cert.pem', key: '/tls/key.pem' } });
    expect(tls).toEqual(
      expect.arrayContaining([
        'tls-listening-port=443',
        'cert=/tls/cert.pem',
        'pkey=/tls/key.pem',
        'no-tlsv1',
        'no-tlsv1_1',
      ]),
    );
    expect(tls).not.toContain('no-tls');
    expect(linesOf()).toContain('no-tls');
  });

  it('allows the media server alone, and loopback only if it is there', () => {
    const allowed = (lines: string[]) => lines.filter((line) => line.startsWith('allow'));
    expect(allowed(linesOf())).toEqual(['allowed-peer-ip=203.0.113.7']);
    expect(allowed(linesOf({ peers: ['127.0.0.1'] }))).toEqual([
      'allow-loopback-peers',
      'allowed-peer-ip=127.0.0.1',
    ]);
    expect(linesOf()).toContain('denied-peer-ip=0.0.0.0-255.255.255.255');
    expect(linesOf()).toContain('denied-peer-ip=::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff');
  });

  it('relays in the family of the media server', () => {
    const family = (...peers: string[]) => linesOf({ peers }).find((line) => line.includes('address-family'));
    expect(family('2001:db8::7', '203.0.113.7')).toMatch(/=ipv4$/);
    expect(family('2001:db8::7')).toMatch(/=ipv6$/);
  });

  it.each([
    ['secret', { secret: `${'s'.repeat(32)}\nno-auth` }],
    ['realm', { realm: 'a b' }],
    ['peer', { peers: ['0.0.0.0/0'] }],
    ['listening address', { listen: [{ ip: 'localhost' }] }],
    ['announced address', { listen: [{ ip: '10.0.0.5', announcedIp: 'turn.example.org' }] }],
    ['certificate', { tls: { cert: '/my certs/cert.pem', key: '/key.pem' } }],
  ])('refuses a %s that would break the file', (what, options) => {
    expect(() => turnserverConf({ ...OPTIONS, ...options })).toThrow(new RegExp(what));
  });
});

describe('the private ranges', () => {
  const list = new BlockList();
  // A BlockList would take this one for all of IPv4.
  const mapped = PRIVATE_RANGES.find(([, , what]) => what === 'IPv4-mapped');
  for (const range of PRIVATE_RANGES) {
    if (range !== mapped) list.addRange(range[0], range[1], isIPv4(range[0]) ? 'ipv4' : 'ipv6');
  }
  const isDenied = (ip: string) => list.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6');

  it.each([
    ...['0.0.0.0', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ...['127.0.0.1', '127.255.255.255', '169.254.169.254', '198.18.0.1', '198.19.255.255', '192.0.2.1'],
    ...['198.51.100.1', '203.0.113.1', '224.0.0.251', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    ...['::1', '::127.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '2001:0:a00:1::', '2001:db8::1'],
    ...['fc00::1', 'fd12:3456::1', 'fe80::1', 'fec0::1', 'ff02::1', '2001:2::1'],
  ])('have %s', (ip) => {
    expect(isDenied(ip)).toBe(true);
  });

  it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '192.167.0.1', '2606:4700::1111', '2001:4860::8888'])(
    'do not have %s',
    (ip) => {
      expect(isDenied(ip)).toBe(false);
    },
  );

  it('have every IPv4 address in its IPv6 form', () => {
    expect(mapped?.slice(0, 2)).toEqual(['::ffff:0:0', '::ffff:ffff:ffff']);
  });
});
