import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './config.ts';

const REQUIRED = {
  MONGODB_URI: 'mongodb://127.0.0.1/vcallpe',
  ACCESS_TOKEN_SECRET: 'a'.repeat(32),
  ROOM_TOKEN_SECRET: 'b'.repeat(32),
};

function messageOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('Nothing was refused');
}

describe('loadConfig', () => {
  it('needs three variables, and has defaults for the rest', () => {
    expect(loadConfig(REQUIRED)).toEqual({
      nodeEnv: 'development',
      port: 3000,
      host: '127.0.0.1',
      mongodbUri: REQUIRED.MONGODB_URI,
      accessTokenSecret: REQUIRED.ACCESS_TOKEN_SECRET,
      roomTokenSecret: REQUIRED.ROOM_TOKEN_SECRET,
      sfuUrl: undefined,
      sfuPort: 3001,
      sfuInternalUrl: 'http://127.0.0.1:3001',
      iceServers: [],
      turnServers: [],
      turnTtlSeconds: 43_200,
      regionHeader: undefined,
      allowedOrigins: [],
      tls: undefined,
      clientDist: undefined,
      trustProxy: 0,
      logLevel: 'info',
      bcryptCost: 12,
      rateLimitScale: 1,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ ...REQUIRED, PORT: '', SFU_URL: '' })).toMatchObject({
      port: 3000,
      sfuUrl: undefined,
    });
  });

  it('reads lists and addresses', () => {
    const env = {
      ...REQUIRED,
      SFU_URL: 'https://sfu.example.org:3001/',
      ALLOWED_ORIGINS: 'https://a.example, http://localhost:5173',
      ICE_SERVERS: '[{"urls":["turn:turn.example.org"],"username":"u","credential":"c"}]',
    };
    expect(loadConfig(env)).toMatchObject({
      sfuUrl: 'https://sfu.example.org:3001',
      sfuInternalUrl: 'https://sfu.example.org:3001',
      allowedOrigins: ['https://a.example', 'http://localhost:5173'],
      iceServers: [{ urls: ['turn:turn.example.org'], username: 'u', credential: 'c' }],
    });
  });

  it('names everything that is missing', () => {
    const lines = messageOf({}).split('\n');
    expect(lines.map((line) => line.split(':', 1)[0])).toEqual(Object.keys(REQUIRED));
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['MONGODB_URI', 'postgres://127.0.0.1'],
    ['ACCESS_TOKEN_SECRET', 'short'],
    ['ROOM_TOKEN_SECRET', REQUIRED.ACCESS_TOKEN_SECRET],
    ['SFU_URL', 'sfu.example.org'],
    ['SFU_URL', 'https://sfu.example.org/path'],
    ['SFU_INTERNAL_URL', '127.0.0.1:3001'],
    ['ICE_SERVERS', 'stun:stun.example.org'],
    ['ICE_SERVERS', '[{"url":"stun:stun.example.org"}]'],
    ['TURN_SERVERS', 'turn:turn.example.org'],
    ['TURN_SERVERS', '[{"urls":["turn:turn.example.org"],"secret":"short"}]'],
    ['TURN_TTL_SECONDS', '299'],
    ['TURN_TTL_SECONDS', '86401'],
    ['TURN_TTL_SECONDS', '12h'],
    ['REGION_HEADER', 'x region'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://a.example/path'],
    ['BCRYPT_COST', '11'],
    ['RATE_LIMIT_SCALE', '0'],
    ['TRUST_PROXY', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'staging'],
  ])('refuses %s=%s by name', (variable, value) => {
    expect(messageOf({ ...REQUIRED, [variable]: value })).toMatch(new RegExp(`^${variable}: [^\\n]+$`));
  });

  it('wants both halves of TLS', () => {
    expect(messageOf({ ...REQUIRED, TLS_CERT: 'cert.pem' })).toMatch(/^TLS_KEY: /);
    expect(messageOf({ ...REQUIRED, TLS_KEY: 'key.pem' })).toMatch(/^TLS_CERT: /);
  });

  it('allows cheap hashes in tests only', () => {
    const cheap = { ...REQUIRED, BCRYPT_COST: '4' };
    expect(loadConfig({ ...cheap, NODE_ENV: 'test' }).bcryptCost).toBe(4);
    expect(messageOf({ ...cheap, NODE_ENV: 'production' })).toMatch(/^BCRYPT_COST: /);
    expect(messageOf({ ...REQUIRED, NODE_ENV: 'test', BCRYPT_COST: '3' })).toMatch(/^BCRYPT_COST: /);
  });

  it('allows credentials that expire soon in tests only', () => {
    const short = { ...REQUIRED, TURN_TTL_SECONDS: '2' };
    expect(loadConfig({ ...short, NODE_ENV: 'test' }).turnTtlSeconds).toBe(2);
    expect(messageOf({ ...short, NODE_ENV: 'production' })).toMatch(/^TURN_TTL_SECONDS: /);
    expect(messageOf({ ...short, NODE_ENV: 'test', TURN_TTL_SECONDS: '0' })).toMatch(/^TURN_TTL_SECONDS: /);
  });

  it('never repeats a secret in a message', () => {
    expect(messageOf({ ...REQUIRED, ACCESS_TOKEN_SECRET: 'hunter2' })).not.toContain('hunter2');
    const turn = '[{"urls":["turn:turn.example.org"],"secret":"hunter2"}]';
    expect(messageOf({ ...REQUIRED, TURN_SERVERS: turn })).not.toContain('hunter2');
  });
});
