/** Judgements that need no network. */
import { describe, expect, it } from '@jest/globals';
import { judgeSkew, readDateHeader, skewMs } from './clock.ts';
import { findProtocolVersion, judgeClientVersion } from './client-build.ts';
import { judgeAnnounced, judgePorts, usable } from './outside/candidates.ts';
import { judgeUpgrade } from './outside/web-socket.ts';
import { reachOf } from './reach.ts';
import { judgeBuffers, judgeNode, judgeOpenFiles, judgeWorkers } from './server/machine.ts';
import { readIceServers } from './turn-url.ts';

const host = (name: string) => ({ name, addresses: [name] });

describe('addresses', () => {
  it.each([
    ['127.0.0.1', 'machine'],
    ['::1', 'machine'],
    ['0.0.0.0', 'machine'],
    ['10.1.2.3', 'network'],
    ['172.16.0.1', 'network'],
    ['172.32.0.1', 'everywhere'],
    ['192.168.1.1', 'network'],
    ['100.64.0.1', 'network'],
    ['fd00::1', 'network'],
    ['fe80::1', 'network'],
    ['203.0.113.9', 'everywhere'],
    ['2001:db8::1', 'everywhere'],
  ])('%s reaches: %s', (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });

  it('are wrong when they reach less far than the page', () => {
    const [local, lan, world] = [host('127.0.0.1'), host('192.168.1.5'), host('203.0.113.9')];
    const levelOf = (announced: (typeof lan)[], page: typeof lan) => judgeAnnounced(announced, page).level;
    expect(levelOf([local], local)).toBe('good');
    expect(levelOf([local], lan)).toBe('wrong');
    expect(levelOf([local, lan], lan)).toBe('good');
    expect(levelOf([local, lan], world)).toBe('wrong');
    expect(levelOf([lan, world], world)).toBe('good');
    expect(levelOf([{ name: 'nowhere.example', addresses: [] }], world)).toBe('wrong');
    expect(levelOf([], world)).toBe('wrong');
  });

  it('are asked only when those who open the page could use them', () => {
    const candidate = (address: string) => ({
      foundation: 'x',
      priority: 1,
      address,
      ip: address,
      protocol: 'udp' as const,
      port: 40_000,
      type: 'host' as const,
    });
    const both = [candidate('127.0.0.1'), candidate('203.0.113.9')];
    const hosts = [host('127.0.0.1'), host('203.0.113.9')];
    expect(usable(both, hosts, host('203.0.113.1'))).toEqual([both[1]]);
    expect(usable(both, hosts, host('127.0.0.1'))).toEqual(both);
    // What is announced is wrong, and is asked all the same.
    expect(usable(both.slice(0, 1), hosts, host('203.0.113.1'))).toEqual(both.slice(0, 1));
  });

  it('answer for a protocol when one of them does', () => {
    const answers = [
      { address: '::1', port: 4, protocol: 'udp' as const, reason: 'silent' as const },
      { address: '203.0.113.9', port: 4, protocol: 'udp' as const, ms: 3 },
    ];
    const [udp, tcp] = judgePorts(answers);
    expect(udp).toMatchObject({ level: 'good', says: expect.stringContaining('203.0.113.9 port 4') });
    expect(tcp).toMatchObject({ level: 'wrong', check: 'Media over TCP' });
  });
});

describe('clocks', () => {
  const read = (theirs: number, asked = 10_000, answered = 10_100) =>
    skewMs({ askedMs: asked, answeredMs: answered, theirsMs: theirs, resolutionMs: 1_000 });

  it('may agree within the whole second of a Date', () => {
    expect(read(10_000)).toBe(0);
    expect(read(9_000)).toBe(0);
    expect(read(12_000)).toBe(1_900);
    expect(read(5_000)).toBe(-4_000);
  });

  it('are read from the header', () => {
    expect(readDateHeader('Sun, 22 Nov 2026 22:00:00 GMT', 1, 2)?.theirsMs).toBe(Date.UTC(2026, 10, 22, 22));
    expect(readDateHeader('soon', 1, 2)).toBeUndefined();
    expect(readDateHeader(null, 1, 2)).toBeUndefined();
  });

  it('are doubtful after 5 s, and wrong after 30 s, either way', () => {
    const levelOf = (ms: number) => judgeSkew(ms, 'One', 'the other').level;
    expect([0, 4_999, -5_000, 30_000, 30_001, -60_000].map(levelOf)).toEqual([
      'good',
      'good',
      'doubtful',
      'doubtful',
      'wrong',
      'wrong',
    ]);
  });
});

describe('the machine', () => {
  it('is judged by what a full meeting needs', () => {
    expect([256, 1_024, 65_536, Infinity].map((limit) => judgeOpenFiles(limit).level)).toEqual([
      'wrong',
      'doubtful',
      'good',
      'good',
    ]);
    expect(judgeBuffers(212_992, 4_194_304)).toMatchObject({
      level: 'doubtful',
      remedy: expect.stringContaining('rmem_max'),
    });
    expect(judgeBuffers(4_194_304, 4_194_304).level).toBe('good');
    expect([judgeWorkers(2, 2).level, judgeWorkers(3, 2).level]).toEqual(['good', 'doubtful']);
    expect([judgeNode('22.9.0').level, judgeNode('24.0.0').level]).toEqual(['wrong', 'good']);
  });
});

describe('a client', () => {
  const files: Record<string, string> = {
    'index.html': '<script src="/assets/index-A_b-1.js">',
    'assets/index-A_b-1.js': 'f(["assets/page-2.js","assets/gone-3.js"]);{protocolVersion:x().int()}',
    'assets/page-2.js': 'auth:{token:n,protocolVersion:17}',
  };

  it('says its protocol somewhere in its parts', async () => {
    expect(await findProtocolVersion(async (path) => files[path])).toBe(17);
    expect(await findProtocolVersion(async () => undefined)).toBeUndefined();
  });

  it('fits when it is the server’s', () => {
    expect(judgeClientVersion(17, 17, 'dist').level).toBe('good');
    expect(judgeClientVersion(16, 17, 'dist').level).toBe('wrong');
    expect(judgeClientVersion(undefined, 17, 'dist').level).toBe('doubtful');
  });
});

describe('ICE servers', () => {
  it('are read from their addresses', () => {
    const { turn, stun, unreadable } = readIceServers([
      {
        urls: ['turn:a.example', 'turn:a.example:80?transport=tcp', 'turns:[2001:db8::1]'],
        username: 'u',
        credential: 'p',
      },
      { urls: 'stun:b.example:19302' },
      { urls: 'http://c.example' },
    ]);
    expect(turn.map(({ carrier, host: name, port }) => [carrier, name, port])).toEqual([
      ['udp', 'a.example', 3478],
      ['tcp', 'a.example', 80],
      ['tls', '2001:db8::1', 5349],
    ]);
    expect(stun).toEqual([{ url: 'stun:b.example:19302', host: 'b.example', port: 19302 }]);
    expect(unreadable).toEqual(['http://c.example']);
  });
});

describe('a proxy', () => {
  it('that lets no WebSocket through is named', () => {
    const finding = judgeUpgrade(
      { kind: 'answer', status: 404, body: 'not found' },
      'https://sfu',
      'https://meet',
    );
    expect(finding).toMatchObject({ level: 'wrong', remedy: expect.stringContaining('Upgrade') });
  });
});
