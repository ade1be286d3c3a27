/**
 * A hostile client against a meeting of two real browsers: everything it tries gets a precise error, changes
 * nothing, and leaves the others' media running.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import {
  AppError,
  PROTOCOL_VERSION,
  ROOM_TOKEN_AUDIENCE,
  ROOM_TOKEN_ISSUER,
  type ErrorCode,
  type ErrorResponse,
  type JoinGrant,
  type JoinedRoom,
  type SessionResponse,
} from '@vcallpe/shared';
import { Participant } from '../browser/participant.ts';
import { connectRaw, enterRaw, type RawClient } from '../flows/raw-client.ts';
import { until } from '../browser/wait.ts';
import { startService, type Service } from './service.ts';

const SECRETS = {
  ACCESS_TOKEN_SECRET: 'access secret of a test, 32 characters',
  ROOM_TOKEN_SECRET: 'room secret of a test, also 32 characters',
};
const TONES = { Mia: 500, Ben: 880 };

let service: Service;
let mia: Participant;
let ben: Participant;
let link: string;
let code: string;
/** An account of the attacker's own. */
let attacker: SessionResponse;
/** The attacker, joined to the meeting as anyone may be. */
let inside: RawClient;
let joined: JoinedRoom;

beforeAll(async () => {
  service = await startService(SECRETS);
  [mia, ben] = (await Promise.all(
    (['Mia', 'Ben'] as const).map((name) => Participant.open({ name, url: service.url, tone: TONES[name] })),
  )) as [Participant, Participant];
  await mia.signUp('mia@example.org', 'correct horse battery');
  link = await mia.createRoom('Standup');
  code = link.split('/r/')[1] ?? '';
  await mia.join(link);
  await ben.join(link);
  attacker = await rest<SessionResponse>('POST', '/auth/register', {
    body: { email: 'eve@example.org', password: 'eve has a password too', displayName: 'Eve' },
  });
  inside = await enterRaw(await grant());
  joined = await inside.request<JoinedRoom>('join');
  await mia.waitForTile('Eve');
}, 900_000);

afterAll(async () => {
  inside?.close();
  await Promise.all([mia?.close(), ben?.close()]);
  await service?.stop();
}, 60_000);

interface Call {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string;
  token?: string;
  headers?: Record<string, string>;
}

/** @throws {AppError} the API's refusal, checked to be in the one envelope */
async function rest<T = unknown>(
  method: string,
  path: string,
  { body, raw, token, headers }: Call = {},
): Promise<T> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${service.url}/api/v1${path}`, {
    method,
    body: payload,
    headers: {
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  if (response.status === 204) return undefined as T;
  const answer = await response.json();
  if (response.ok) return answer as T;
  const { error } = answer as ErrorResponse;
  expect(error).toEqual(
    expect.objectContaining({ code: expect.any(String), message: expect.stringMatching(/./) }),
  );
  expect(error.requestId).toEqual(expect.stringMatching(/./));
  const refusal = AppError.fromBody(error);
  expect(response.status).toBe(refusal.status);
  throw refusal;
}

const grant = () => rest<JoinGrant>('POST', `/rooms/${code}/join`, { token: attacker.accessToken, body: {} });

const roomToken = (claims: object = {}, options: jwt.SignOptions = {}, secret = SECRETS.ROOM_TOKEN_SECRET) =>
  jwt.sign(
    {
      joinId: randomUUID(),
      roomId: '0'.repeat(24),
      roomCode: code,
      participantId: `g:${randomUUID()}`,
      displayName: 'Eve',
      role: 'owner',
      ...claims,
    },
    secret,
    { issuer: ROOM_TOKEN_ISSUER, audience: ROOM_TOKEN_AUDIENCE, expiresIn: 60, ...options },
  );

const handshake = (token: unknown, protocolVersion: unknown = PROTOCOL_VERSION) =>
  connectRaw(service.sfuUrl, { auth: { token, protocolVersion } });

/** What the attacker knows of Mia from the answer to `join`. */
const victim = () => {
  const peer = joined.peers.find(({ displayName }) => displayName === 'Mia');
  const producer = peer?.producers[0];
  if (!peer || !producer) throw new Error('Mia sends nothing');
  return { peerId: peer.peerId, producerId: producer.producerId };
};

const tile = { peerId: randomUUID(), source: 'camera', width: 320, height: 180 };
const OPUS = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 4242 }],
};
const produce = (changes: object) => ({
  produceId: randomUUID(),
  transportId: joined.sendTransport.id,
  source: 'microphone',
  rtpParameters: OPUS,
  paused: false,
  ...changes,
});
const DTLS = { fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }] };

const register = { email: 'new@example.org', password: 'long enough, this one', displayName: 'New' };

/** Each attempt rejects, with this code. */
const ATTEMPTS: [what: string, code: ErrorCode, attempt: () => Promise<unknown>][] = [
  // REST
  [
    'wrong types',
    'VALIDATION_FAILED',
    () => rest('POST', '/auth/register', { body: { ...register, email: 7 } }),
  ],
  [
    'an unknown field',
    'VALIDATION_FAILED',
    () => rest('POST', '/auth/register', { body: { ...register, admin: true } }),
  ],
  [
    'a short password',
    'VALIDATION_FAILED',
    () => rest('POST', '/auth/register', { body: { ...register, password: 'short' } }),
  ],
  [
    'an operator for a value',
    'VALIDATION_FAILED',
    () => rest('POST', '/auth/login', { body: { email: 'mia@example.org', password: { $ne: '' } } }),
  ],
  ['broken JSON', 'VALIDATION_FAILED', () => rest('POST', '/auth/login', { raw: '{"email":' })],
  [
    'another content type',
    'UNSUPPORTED_MEDIA_TYPE',
    () => rest('POST', '/auth/login', { raw: '<xml/>', headers: { 'content-type': 'text/xml' } }),
  ],
  [
    'an oversized body',
    'PAYLOAD_TOO_LARGE',
    () => rest('POST', '/auth/login', { body: { email: 'x'.repeat(200_000) } }),
  ],
  ['an unknown path', 'NOT_FOUND', () => rest('GET', '/admin/users')],
  ['a method that the path has not', 'METHOD_NOT_ALLOWED', () => rest('PUT', '/rooms', { body: {} })],
  [
    'a taken address',
    'EMAIL_TAKEN',
    () => rest('POST', '/auth/register', { body: { ...register, email: 'MIA@example.org' } }),
  ],
  [
    'a wrong password',
    'INVALID_CREDENTIALS',
    () => rest('POST', '/auth/login', { body: { email: 'mia@example.org', password: 'wrong' } }),
  ],
  ['no token', 'UNAUTHENTICATED', () => rest('GET', '/me')],
  [
    'a token without a signature',
    'TOKEN_INVALID',
    () => rest('GET', '/me', { token: jwt.sign({ sub: attacker.user.id }, '', { algorithm: 'none' }) }),
  ],
  [
    'an expired access token',
    'TOKEN_EXPIRED',
    () => rest('GET', '/me', { token: expired(attacker.accessToken) }),
  ],
  ['a room token as an access token', 'TOKEN_INVALID', () => rest('GET', '/me', { token: roomToken() })],
  [
    'renaming a foreign room',
    'FORBIDDEN',
    () => rest('PATCH', `/rooms/${code}`, { token: attacker.accessToken, body: { name: 'Mine' } }),
  ],
  [
    'deleting a foreign room',
    'FORBIDDEN',
    () => rest('DELETE', `/rooms/${code}`, { token: attacker.accessToken }),
  ],
  [
    'a room that is not there',
    'ROOM_NOT_FOUND',
    () => rest('POST', '/rooms/bab-baba-bab/join', { body: { displayName: 'Eve' } }),
  ],
  ['a code that is none', 'VALIDATION_FAILED', () => rest('GET', '/rooms/..%2f..%2fetc')],
  ['a guest without a name', 'VALIDATION_FAILED', () => rest('POST', `/rooms/${code}/join`, { body: {} })],
  [
    'a guest with a bad token',
    'TOKEN_INVALID',
    () => rest('POST', `/rooms/${code}/join`, { token: 'x.y.z', body: { displayName: 'Eve' } }),
  ],
  ['refresh without a cookie', 'UNAUTHENTICATED', () => rest('POST', '/auth/refresh')],
  [
    'refresh from a foreign page',
    'FORBIDDEN',
    () => rest('POST', '/auth/refresh', { headers: { origin: 'https://evil.example' } }),
  ],
  ['a replayed refresh cookie', 'TOKEN_REUSED', replayRefresh],

  // The handshake
  ['a handshake without a token', 'VALIDATION_FAILED', () => handshake(undefined)],
  ['a token of the wrong type', 'VALIDATION_FAILED', () => handshake({ $gt: '' })],
  ['garbage for a token', 'TOKEN_INVALID', () => handshake('garbage')],
  [
    'a token signed by somebody else',
    'TOKEN_INVALID',
    () => handshake(roomToken({}, {}, 'a secret that the attacker made up!!')),
  ],
  ['an access token as a room token', 'TOKEN_INVALID', () => handshake(attacker.accessToken)],
  ['claims that make no sense', 'TOKEN_INVALID', () => handshake(roomToken({ role: 'god' }))],
  ['an expired room token', 'TOKEN_EXPIRED', () => handshake(roomToken({}, { expiresIn: -1 }))],
  ['a replayed room token', 'TOKEN_REUSED', replayGrant],
  ['another protocol version', 'PROTOCOL_VERSION', () => handshake(roomToken(), 999)],
  [
    'a foreign page',
    'UNAVAILABLE',
    () => connectRaw(service.sfuUrl, { auth: {}, headers: { origin: 'https://evil.example' } }),
  ],

  // Requests
  [
    'a request before join',
    'WRONG_STATE',
    async () => (await enterRaw(await grant())).request('produce', produce({})),
  ],
  [
    'a room that is not there, by token',
    'ROOM_NOT_FOUND',
    async () => (await handshake(roomToken())).request('join'),
  ],
  ['joining twice', 'WRONG_STATE', () => inside.request('join')],
  ['an unknown method', 'UNKNOWN_METHOD', () => inside.request('deleteRoom')],
  ['a method of the prototype', 'UNKNOWN_METHOD', () => inside.request('constructor')],
  ['a method that is no string', 'UNKNOWN_METHOD', () => inside.request({ method: 'join' })],
  ['an unknown channel', 'UNKNOWN_METHOD', () => inside.request('join', {}, 'admin')],
  [
    'an input of the wrong type',
    'VALIDATION_FAILED',
    () => inside.request('closeProducer', { producerId: 7 }),
  ],
  ['no input', 'VALIDATION_FAILED', () => inside.request('closeProducer', null)],
  ['binary for an input', 'VALIDATION_FAILED', () => inside.request('closeProducer', Buffer.alloc(64))],
  [
    'an oversized message',
    'PAYLOAD_TOO_LARGE',
    () => inside.request('closeProducer', { producerId: 'x'.repeat(100_000) }),
  ],
  [
    "somebody else's producer",
    'NOT_FOUND',
    () => inside.request('closeProducer', { producerId: victim().producerId }),
  ],
  [
    "muting somebody else's producer",
    'NOT_FOUND',
    () => inside.request('pauseProducer', { producerId: victim().producerId }),
  ],
  ["somebody else's transport", 'NOT_FOUND', foreignTransport],
  ['a resume key that nobody has', 'SESSION_GONE', () => resumeWith('x'.repeat(32))],
  ['a resume key of another shape', 'VALIDATION_FAILED', () => resumeWith('short')],
  ['coming in a second time under the same account', 'ALREADY_JOINED', joinTwice],
  [
    "producing on somebody else's transport",
    'NOT_FOUND',
    () => inside.request('produce', produce({ transportId: randomUUID() })),
  ],
  [
    'more tiles than anybody can show',
    'VALIDATION_FAILED',
    () => inside.request('show', { tiles: Array(50).fill(tile) }),
  ],
  [
    'more tiles than the operator allows',
    'LIMIT_REACHED',
    () =>
      inside.request('show', {
        tiles: Array(26)
          .fill(0)
          .map(() => ({ ...tile, peerId: randomUUID() })),
      }),
  ],
  [
    'a tile of no size',
    'VALIDATION_FAILED',
    () => inside.request('show', { tiles: [{ ...tile, width: 0 }] }),
  ],
  [
    'a consumer that is no id',
    'VALIDATION_FAILED',
    () => inside.request('resumeConsumers', { consumerIds: ['all'] }),
  ],
  [
    'producing on the receive transport',
    'WRONG_STATE',
    () => inside.request('produce', produce({ transportId: joined.recvTransport.id })),
  ],
  [
    'a source that does not exist',
    'VALIDATION_FAILED',
    () => inside.request('produce', produce({ source: 'desktop' })),
  ],
  ['audio as a camera', 'VALIDATION_FAILED', () => inside.request('produce', produce({ source: 'camera' }))],
  [
    'a codec that nobody has',
    'VALIDATION_FAILED',
    () =>
      inside.request(
        'produce',
        produce({
          rtpParameters: {
            ...OPUS,
            codecs: [{ mimeType: 'audio/wishful', payloadType: 100, clockRate: 8_000 }],
          },
        }),
      ),
  ],
  [
    'encodings without an end',
    'VALIDATION_FAILED',
    () =>
      inside.request(
        'produce',
        produce({ rtpParameters: { ...OPUS, encodings: Array(99).fill({ ssrc: 1 }) } }),
      ),
  ],
  [
    'a fingerprint that is none',
    'VALIDATION_FAILED',
    () =>
      inside.request('connectTransport', {
        transportId: joined.sendTransport.id,
        dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: 'AB' }] },
      }),
  ],
  [
    'capabilities that make no sense',
    'VALIDATION_FAILED',
    () => inside.request('receive', { rtpCapabilities: { codecs: 'all' }, tiles: [] }),
  ],
  ['connecting a transport to somebody else, once it is connected', 'WRONG_STATE', connectTwice],
];

describe('a hostile client', () => {
  it('tries more than thirty different things', () => {
    expect(new Set(ATTEMPTS.map(([what]) => what)).size).toBe(ATTEMPTS.length);
    expect(ATTEMPTS.length).toBeGreaterThan(30);
  });

  it.each(ATTEMPTS)('%s: %s', async (_what, expected, attempt) => {
    const before = await snapshot();
    const outcome = await attempt().then(
      (answer) => ({ answer }),
      (error: unknown) => error,
    );
    expect(outcome).toBeInstanceOf(AppError);
    expect((outcome as AppError).message).toMatch(/./);
    expect((outcome as AppError).code).toBe(expected);
    await until('nothing to have changed', async () => {
      expect(await snapshot()).toEqual(before);
      return true;
    });
  });

  it('cuts off a message that no answer is owed to', async () => {
    const raw = await enterRaw(await grant());
    raw.socket.emit('request', 'join', { padding: 'x'.repeat(1_000_000) });
    await once(raw.socket as never, 'disconnect');
  });

  it('refuses a flood, and goes on serving the one who floods when it has stopped', async () => {
    const flood = await Promise.allSettled(
      Array.from({ length: 500 }, () => inside.request('closeProducer', { producerId: randomUUID() })),
    );
    const codes = flood.map((each) => (each.status === 'rejected' ? (each.reason as AppError).code : 'OK'));
    expect(new Set(codes)).toEqual(new Set(['NOT_FOUND', 'RATE_LIMITED']));
    await until('to be served again', () =>
      inside.request('closeProducer', { producerId: randomUUID() }).catch(({ code }) => code === 'NOT_FOUND'),
    );
  });

  it('has disturbed nobody: both still see and hear each other, in the same call', async () => {
    await Promise.all([mia.seesMoving('Ben'), ben.seesMoving('Mia')]);
    await mia.hears('Ben', TONES.Ben);
    await ben.hears('Mia', TONES.Mia);
    expect(await mia.page.getByText(/reconnecting/i).count()).toBe(0);
    expect({ mia: mia.errors, ben: ben.errors }).toEqual({ mia: [], ben: [] });
  }, 120_000);
});

/** Everything that an attempt could have changed, as the API and the SFU tell it. */
async function snapshot(): Promise<object> {
  const metrics = await (await fetch(`${service.sfuUrl}/metrics`)).text();
  const gauge = (name: string) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(metrics)?.[1]);
  return {
    room: await rest('GET', `/rooms/${code}`),
    me: await rest('GET', '/me', { token: attacker.accessToken }),
    rooms: await rest('GET', '/rooms', { token: attacker.accessToken }),
    ...Object.fromEntries(
      ['rooms', 'peers', 'transports', 'producers', 'consumers', 'worker_deaths'].map((name) => [
        name,
        gauge(`vcallpe_${name}`),
      ]),
    ),
  };
}

/** The same claims, signed with the real secret, but long over. */
function expired(token: string): string {
  const claims = jwt.decode(token) as jwt.JwtPayload;
  return jwt.sign({ ...claims, iat: 1_000, exp: 2_000 }, SECRETS.ACCESS_TOKEN_SECRET);
}

async function replayRefresh(): Promise<unknown> {
  const response = await fetch(`${service.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'eve@example.org', password: 'eve has a password too' }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  await rest('POST', '/auth/refresh', { headers: { cookie } });
  return rest('POST', '/auth/refresh', { headers: { cookie } });
}

async function replayGrant(): Promise<unknown> {
  const { roomToken: token } = await grant();
  const first = await handshake(token);
  try {
    return await handshake(token);
  } finally {
    first.close();
  }
}

/** A second socket of the attacker's stands for any other peer, because its transport ids are known. */
async function foreignTransport(): Promise<unknown> {
  // As one more guest: the same account would be asked whether to take over.
  const body = { displayName: 'Other', asGuest: true };
  const other = await enterRaw(
    await rest<JoinGrant>('POST', `/rooms/${code}/join`, { token: attacker.accessToken, body }),
  );
  const { sendTransport } = await other.request<JoinedRoom>('join');
  try {
    return await inside.request('connectTransport', { transportId: sendTransport.id, dtlsParameters: DTLS });
  } finally {
    await other.request('leave');
    other.close();
  }
}

async function resumeWith(resumeKey: string): Promise<unknown> {
  const { sfuUrl } = await grant();
  return connectRaw(sfuUrl, { auth: { resumeKey, protocolVersion: PROTOCOL_VERSION } });
}

async function joinTwice(): Promise<unknown> {
  const other = await enterRaw(await grant());
  try {
    return await other.request('join');
  } finally {
    other.close();
  }
}

async function connectTwice(): Promise<unknown> {
  const input = { transportId: joined.sendTransport.id, dtlsParameters: DTLS };
  await inside.request('connectTransport', input);
  // The same once more is the same request, whose answer was lost.
  await inside.request('connectTransport', input);
  const other = { fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('CD').join(':') }] };
  return inside.request('connectTransport', { ...input, dtlsParameters: other });
}
