import { describe, expect, it } from '@jest/globals';
import { TurnServers } from './turn-servers.ts';

const SECRET = 'correct-horse-battery-staple-0123456789';
const GOOD = { urls: ['turn:turn.example.org:3478?transport=udp'], secret: SECRET };

function messageOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const { success, error } = TurnServers.safeParse(text);
  if (success) throw new Error('It was accepted');
  return error.issues.map(({ message }) => message).join('\n');
}

describe('TURN_SERVERS', () => {
  it('takes servers with their regions', () => {
    const servers = [
      {
        urls: ['turn:a.example:3478', 'turn:a.example?transport=tcp', 'turns:a.example:443?transport=tcp'],
        secret: SECRET,
        region: 'eu-west',
      },
      { urls: ['turn:[2001:db8::1]:3478?transport=udp', 'turns:[2001:db8::1]'], secret: SECRET },
    ];
    expect(TurnServers.parse(JSON.stringify(servers))).toEqual(servers);
  });

  it.each([
    ['turn:turn.example.org', 'is not valid JSON'],
    [{}, 'must be a list'],
    [['turn:a.example'], 'server 1: must be an object'],
    [[GOOD, { urls: GOOD.urls }], 'server 2: secret must be a text'],
    [[GOOD, { ...GOOD, secret: 'hunter2' }], 'server 2: secret needs at least 32 characters'],
    [[{ secret: SECRET }], 'server 1: urls must be a list of addresses'],
    [[{ ...GOOD, urls: 'turn:a.example' }], 'server 1: urls must be a list of addresses'],
    [[{ ...GOOD, urls: [] }], 'server 1: urls needs at least one address'],
    [[{ ...GOOD, urls: Array(6).fill('turn:a.example') }], 'server 1: urls can have at most 5 addresses'],
    [[{ ...GOOD, region: 'EU' }], 'server 1: region must be a lower-case label such as eu or us-east'],
    [[{ ...GOOD, realm: 'a.example' }], 'server 1: Unrecognized key: "realm"'],
    [Array(21).fill(GOOD), 'can have at most 20 servers'],
  ])('refuses %j: %s', (value, message) => {
    expect(messageOf(value)).toContain(message);
  });

  it.each([
    'stun:a.example',
    'https://a.example',
    'turn:a.example:3478?transport=tls',
    'turns:a.example:443?transport=udp',
    'turn:a.example/path',
    'turn:',
  ])('refuses %s as an address', (url) => {
    expect(messageOf([{ ...GOOD, urls: [GOOD.urls[0], url] }])).toBe(
      'server 1: urls (address 2) must be an address such as turn:turn.example.org:3478?transport=udp',
    );
  });

  it('says everything that is wrong, and never a secret', () => {
    const message = messageOf([
      { urls: [], secret: 'hunter2' },
      { ...GOOD, region: '' },
    ]);
    expect(message.split('; ')).toHaveLength(3);
    expect(message).not.toContain('hunter2');
    expect(messageOf(`[{"secret":"hunter2"`)).not.toContain('hunter2');
  });
});
