/** Operators: who may look and order, what they see of a call, and workers changed while it goes on. On the whole stack. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AdminNode,
  AdminRoomDetail,
  ADMIN_PEERS_PER_PAGE,
  AppError,
  ErrorResponse,
  ROOM_TOKEN_AUDIENCE,
  ROOM_TOKEN_ISSUER,
  SFU_ADMIN_AUDIENCE,
  type Room,
} from '@vcallpe/shared';
import { connectDatabase } from '@vcallpe/shared/db';
import jwt from 'jsonwebtoken';
import { until } from '../browser/wait.ts';
import { connectRaw } from './raw-client.ts';
import { SimulatedPeer, tile } from './simulated-peer.ts';
import { startStack, type Stack } from './stack.ts';

let stack: Stack;
let accessToken: string;
let room: Room;
let inside: SimulatedPeer[] = [];

beforeAll(async () => {
  stack = await startStack({ WORKERS: '2', WORKER_BUDGET_CONSUMERS: '20' });
  ({ accessToken } = await stack.account('Ada'));
  const database = await connectDatabase(stack.mongodbUri);
  await database.users.updateOne({ email: 'ada@example.org' }, { $set: { isAdmin: true } });
  await database.close();
  room = await (await stack.account('Mia')).createRoom('Weekly');
});
afterAll(() => stack?.close());
afterEach(async () => {
  for (const peer of inside) peer.vanish();
  inside = [];
  await until('the room to close', () => stack.sfu.rooms.rooms.size === 0);
});

/** @throws {AppError} what the API answers with */
async function call(method: string, path: string, body?: unknown, token = accessToken): Promise<unknown> {
  const response = await fetch(`${stack.apiUrl}/api/v1/admin${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw AppError.fromBody(ErrorResponse.parse(answer).error);
  return answer;
}

const node = async () => AdminNode.parse(await call('GET', '/node'));
const detail = async (page = 1) =>
  AdminRoomDetail.parse(await call('GET', `/rooms/${room.code}?page=${page}`));

async function enter(name: string): Promise<SimulatedPeer> {
  const peer = await SimulatedPeer.enter(name, await stack.grant(room.code, name));
  inside.push(peer);
  return peer;
}

describe('the node as an admin sees it', () => {
  it('shows a call: workers, the room, its routers, pipes and peers', async () => {
    // A worker's budget is two peers here, so that the room spreads.
    const peers = [await enter('Ann'), await enter('Ben'), await enter('Cem')];
    for (const peer of peers) await peer.publish('camera');
    for (const peer of peers) {
      const tiles = peers.filter((other) => other !== peer).map(({ id }) => tile(id));
      await peer.request('show', { tiles });
    }

    const { workers, rooms, totals, brokenPairs, repairs } = await node();
    expect(brokenPairs).toBe(0);
    expect(repairs).toContainEqual({ cause: 'notForwarded', steps: 0 });
    expect(workers.map(({ index, state, peers: count }) => [index, state, count])).toEqual([
      [0, 'serving', expect.any(Number)],
      [1, 'serving', expect.any(Number)],
    ]);
    expect(workers.map(({ peers: count }) => count).sort()).toEqual([1, 2]);
    expect(workers.map(({ routers }) => routers)).toEqual([1, 1]);
    for (const { pid } of workers) expect(() => process.kill(pid, 0)).not.toThrow();
    // Two are on one worker and one on the other: two producers cross one way, one the other.
    const expected = { peers: 3, producers: 3, consumers: 6, pipes: 3 };
    expect(rooms).toEqual([{ code: room.code, name: 'Weekly', routers: 2, ...expected }]);
    expect(totals).toEqual({ rooms: 1, ...expected });

    const { routers, peers: shown, page, pages } = await detail();
    expect({ page, pages }).toEqual({ page: 1, pages: 1 });
    expect(routers.map((router) => [router.peers, router.pipesIn]).sort()).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(shown.map(({ peerId, displayName }) => [peerId, displayName])).toEqual(
      peers.map(({ id, name }) => [id, name]),
    );
    for (const { producers, consumers, upBps, downBps } of shown) {
      expect(producers).toEqual([{ source: 'camera', paused: false }]);
      expect(consumers.active + consumers.paused).toBe(2);
      // Their WebRTC half is imagined, so nothing flows.
      expect([upBps, downBps]).toEqual([0, 0]);
    }
  });

  it('gives a large room by pages, and beyond the last the last', async () => {
    for (let i = 0; i <= ADMIN_PEERS_PER_PAGE; i += 1) await enter(`P${i}`);
    const [first, second, beyond] = [await detail(1), await detail(2), await detail(99)];
    expect(first.peers).toHaveLength(ADMIN_PEERS_PER_PAGE);
    expect(second.peers.map(({ displayName }) => displayName)).toEqual([`P${ADMIN_PEERS_PER_PAGE}`]);
    expect([beyond.page, beyond.pages, beyond.peers]).toEqual([2, 2, second.peers]);
  });

  it('says that nobody is in a meeting that does not go on', async () => {
    await expect(detail()).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' });
  });
});

describe('workers while a call goes on', () => {
  it('a drained worker is left by everyone and gets nobody, until it is used again', async () => {
    const ann = await enter('Ann');
    const home = (await detail()).peers[0]?.worker ?? -1;
    const other = 1 - home;

    await call('POST', `/workers/${home}/drain`);
    await until('Ann to have moved', () => ann.moves === 1);
    await enter('Ben');
    const homes = async () => (await detail()).peers.map(({ worker }) => worker);
    await until('both to be on the other one', async () => (await homes()).join() === `${other},${other}`);
    await until('the worker to be empty', async () => (await node()).workers[home]?.routers === 0);
    expect((await node()).workers[home]).toMatchObject({ state: 'draining', peers: 0 });

    const refused = call('POST', `/workers/${other}/drain`);
    await expect(refused).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await call('POST', `/workers/${home}/undrain`);
    expect((await node()).workers.map(({ state }) => state)).toEqual(['serving', 'serving']);
  });

  it('more workers come up and fewer remain, and the call follows', async () => {
    await enter('Ann');
    const grown = AdminNode.parse(await call('PUT', '/workers', { count: 4 }));
    expect(grown.workers.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    for (let i = 0; i < 7; i += 1) await enter(`P${i}`);
    const used = new Set((await detail()).peers.map(({ worker }) => worker));
    expect(used).toEqual(new Set([0, 1, 2, 3]));

    await call('PUT', '/workers', { count: 2 });
    await until('two workers to be gone', async () => (await node()).workers.length === 2);
    expect(inside.filter(({ moves }) => moves > 0).length).toBeGreaterThan(0);
    expect(inside.every(({ ended }) => ended === undefined)).toBe(true);
    // An answer about a room is given again for a moment.
    const { peers } = await until('the call to be on the two that remain', async () => {
      const now = await detail();
      return now.peers.every(({ worker }) => worker < 2) ? now : undefined;
    });
    expect(peers).toHaveLength(inside.length);
  });

  it('says when there is no such worker', async () => {
    await expect(call('POST', '/workers/7/drain')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('who is no admin', () => {
  it('is refused as a guest and as an account', async () => {
    const mallory = await stack.account('Mallory');
    await expect(call('GET', '/node', undefined, mallory.accessToken)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const guest = await fetch(`${stack.apiUrl}/api/v1/admin/node`);
    expect(guest.status).toBe(401);
  });
});

describe('the SFU itself', () => {
  const right = { issuer: ROOM_TOKEN_ISSUER, audience: SFU_ADMIN_AUDIENCE, subject: 'a'.repeat(24) };
  const sign = (options: jwt.SignOptions, claims: object = {}, secret = stack.roomTokenSecret) =>
    jwt.sign(claims, secret, { expiresIn: 30, ...right, ...options });
  const ask = async (authorization: string | undefined, path = '/node', init: RequestInit = {}) => {
    const headers = { ...init.headers, ...(authorization && { authorization }) };
    const response = await fetch(`${stack.sfu.url}/admin/v1${path}`, { ...init, headers });
    const body = await response.json();
    return { status: response.status, code: response.ok ? 'OK' : ErrorResponse.parse(body).error.code };
  };

  it('answers the API', async () => {
    expect(await ask(`Bearer ${sign({})}`)).toEqual({ status: 200, code: 'OK' });
  });

  const minuteAgo = () => Math.floor(Date.now() / 1000) - 60;
  it.each<[string, () => string | undefined, string]>([
    ['no token', () => undefined, 'TOKEN_INVALID'],
    ['no bearer', () => sign({}), 'TOKEN_INVALID'],
    ['an expired one', () => `Bearer ${sign({ expiresIn: -1 })}`, 'TOKEN_EXPIRED'],
    [
      'an old one that says it lives for a day',
      () => `Bearer ${sign({ expiresIn: '1d' }, { iat: minuteAgo() })}`,
      'TOKEN_EXPIRED',
    ],
    ['one for rooms', () => `Bearer ${sign({ audience: ROOM_TOKEN_AUDIENCE })}`, 'TOKEN_INVALID'],
    ['one of another issuer', () => `Bearer ${sign({ issuer: 'someone' })}`, 'TOKEN_INVALID'],
    ['one that names no user', () => `Bearer ${sign({ subject: 'root' })}`, 'TOKEN_INVALID'],
    ['one of another secret', () => `Bearer ${sign({}, {}, 'x'.repeat(32))}`, 'TOKEN_INVALID'],
    ['one of another algorithm', () => `Bearer ${sign({ algorithm: 'HS512' })}`, 'TOKEN_INVALID'],
    [
      'one without a signature',
      () => `Bearer ${jwt.sign({}, '', { ...right, algorithm: 'none', expiresIn: 30 })}`,
      'TOKEN_INVALID',
    ],
  ])('refuses %s', async (_what, token, code) => {
    for (const [path, method] of [
      ['/node', 'GET'],
      ['/workers', 'PUT'],
      ['/workers/0/drain', 'POST'],
      ['/nothing', 'GET'],
    ] as const) {
      expect(await ask(token(), path, { method })).toEqual({ status: 401, code });
    }
    expect((await node()).workers.every(({ state }) => state === 'serving')).toBe(true);
  });

  it('lets nobody into a meeting with an admin’s token, nor orders with a meeting’s', async () => {
    const auth = { token: sign({}), protocolVersion: 2 };
    await expect(connectRaw(stack.sfu.url, { auth })).rejects.toBeInstanceOf(AppError);
    const { roomToken } = await stack.grant(room.code, 'Guest');
    expect(await ask(`Bearer ${roomToken}`)).toEqual({ status: 401, code: 'TOKEN_INVALID' });
  });

  it.each([
    [
      'a body that is too long',
      { method: 'PUT', body: JSON.stringify({ count: 2, more: 'x'.repeat(1_000) }) },
      'PAYLOAD_TOO_LARGE',
    ],
    ['a body that is not JSON', { method: 'PUT', body: 'two' }, 'VALIDATION_FAILED'],
    ['too many workers', { method: 'PUT', body: '{"count":257}' }, 'VALIDATION_FAILED'],
    ['a field it does not know', { method: 'PUT', body: '{"count":2,"force":true}' }, 'VALIDATION_FAILED'],
    ['another method', { method: 'DELETE' }, 'NOT_FOUND'],
  ])('refuses %s', async (_what, init, code) => {
    expect((await ask(`Bearer ${sign({})}`, '/workers', init)).code).toBe(code);
  });
});
