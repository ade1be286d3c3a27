import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  JoinGrant,
  RoomTokenClaims,
  ROOM_TOKEN_AUDIENCE,
  ROOM_TOKEN_ISSUER,
  type Room,
} from '@vcallpe/shared';
import jwt from 'jsonwebtoken';
import type { Visitor } from '../testing/api-client.ts';
import { ACCESS_TOKEN_SECRET, ROOM_TOKEN_SECRET, startTestApi, type TestApi } from '../testing/harness.ts';

const ICE_SERVERS = [{ urls: 'stun:stun.example.org' }];

let api: TestApi;
let owner: Visitor;
let room: Room;
beforeAll(async () => {
  api = await startTestApi({ ICE_SERVERS: JSON.stringify(ICE_SERVERS), SFU_PORT: '4555' });
  owner = await api.register('Olga');
  room = await api.createRoom(owner);
});
afterAll(() => api.close());

const join = (visitor: Visitor | undefined, body?: unknown, code = room.code) =>
  api.call('POST', `/rooms/${code}/join`, { body, ...(visitor && { token: visitor.accessToken }) });

/** What an SFU reads in the token, checked as it checks it. */
const claimsOf = ({ roomToken }: JoinGrant): RoomTokenClaims =>
  RoomTokenClaims.parse(
    jwt.verify(roomToken, ROOM_TOKEN_SECRET, {
      algorithms: ['HS256'],
      issuer: ROOM_TOKEN_ISSUER,
      audience: ROOM_TOKEN_AUDIENCE,
    }),
  );

describe('join', () => {
  it('grants the owner entry as owner', async () => {
    const grant = (await join(owner)).expectStatus(200).as(JoinGrant);
    expect(grant).toMatchObject({ sfuUrl: 'http://127.0.0.1:4555', iceServers: ICE_SERVERS, room });
    expect(grant.iceTtlSeconds).toBeUndefined();
    const claims = claimsOf(grant);
    const { _id } = (await api.database.rooms.findOne({ code: room.code }))!;
    expect(claims).toMatchObject({
      roomId: _id.toHexString(),
      roomCode: room.code,
      participantId: `u:${owner.user.id}`,
      displayName: 'Olga',
      role: 'owner',
    });
    const seconds = claims.exp - Date.now() / 1000;
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(61);
  });

  it('grants another account entry as participant, under another name if it likes', async () => {
    const ben = await api.register('Ben');
    const grant = (await join(ben, { displayName: 'Benjamin' })).as(JoinGrant);
    expect(grant.room.isOwner).toBe(false);
    expect(claimsOf(grant)).toMatchObject({
      participantId: `u:${ben.user.id}`,
      displayName: 'Benjamin',
      role: 'participant',
    });
  });

  it('grants a guest entry under a name, each time as somebody new', async () => {
    const grants = [];
    for (let time = 0; time < 2; time += 1) {
      grants.push(claimsOf((await join(undefined, { displayName: 'Gast' })).expectStatus(200).as(JoinGrant)));
    }
    const [first, second] = grants;
    expect(first).toMatchObject({ displayName: 'Gast', role: 'guest' });
    expect(first?.participantId).toMatch(/^g:[0-9a-f-]{36}$/);
    expect(second?.participantId).not.toBe(first?.participantId);
    expect(second?.joinId).not.toBe(first?.joinId);
  });

  it('lets an account in as one more guest where guests may come, and as nobody else', async () => {
    const body = { displayName: 'Second', asGuest: true };
    const [first, second] = [await join(owner, body), await join(owner, body)].map((response) =>
      claimsOf(response.expectStatus(200).as(JoinGrant)),
    );
    expect(first).toMatchObject({ displayName: 'Second', role: 'guest' });
    expect(first?.participantId).toMatch(/^g:/);
    expect(second?.participantId).not.toBe(first?.participantId);
    const { code } = await api.createRoom(owner, { guestsAllowed: false });
    (await join(owner, body, code)).expectError('GUESTS_NOT_ALLOWED');
  });

  it('asks a guest for a name', async () => {
    for (const body of [undefined, {}, { displayName: '' }]) {
      const error = (await join(undefined, body)).expectError('VALIDATION_FAILED');
      expect(error.details).toEqual([{ path: 'displayName', message: expect.any(String) }]);
    }
  });

  it('refuses guests where the owner does not want them, but not accounts', async () => {
    const { code } = await api.createRoom(owner, { guestsAllowed: false });
    (await join(undefined, { displayName: 'Gast' }, code)).expectError('GUESTS_NOT_ALLOWED');
    (await join(await api.register(), undefined, code)).expectStatus(200);
  });

  it('refuses a token that does not hold, rather than letting its bearer in as a guest', async () => {
    const sent = { body: { displayName: 'Olga' } };
    const path = `/rooms/${room.code}/join`;
    const expired = jwt.sign({ sid: 'f'.repeat(24), exp: 1 }, ACCESS_TOKEN_SECRET, {
      issuer: 'vcallpe-api',
      audience: 'vcallpe-api',
      subject: owner.user.id,
    });
    (await api.call('POST', path, { ...sent, token: expired })).expectError('TOKEN_EXPIRED');
    (await api.call('POST', path, { ...sent, token: 'nonsense' })).expectError('TOKEN_INVALID');
    const roomToken = (await join(owner)).as(JoinGrant).roomToken;
    (await api.call('POST', path, { ...sent, token: roomToken })).expectError('TOKEN_INVALID');
  });

  it('finds no room that is not there', async () => {
    (await join(owner, undefined, 'bab-baba-bab')).expectError('ROOM_NOT_FOUND');
  });
});

describe('TURN servers', () => {
  const server = (host: string, region: string) => ({
    urls: [`turn:${host}:3478?transport=udp`],
    secret: `${region}-secret-of-the-tests-only-32-characters`,
    region,
  });
  let relayed: TestApi;
  beforeAll(async () => {
    const turnServers = [server('eu.example.org', 'eu'), server('us.example.org', 'us')];
    relayed = await startTestApi({
      ICE_SERVERS: JSON.stringify(ICE_SERVERS),
      TURN_SERVERS: JSON.stringify(turnServers),
      TURN_TTL_SECONDS: '600',
      REGION_HEADER: 'X-Region',
    });
  });
  afterAll(() => relayed.close());

  it('come with credentials of the participant, those of the region first, and without secrets', async () => {
    const visitor = await relayed.register();
    const { code } = await relayed.createRoom(visitor);
    const enter = (body: unknown) =>
      relayed.call('POST', `/rooms/${code}/join`, { token: visitor.accessToken, body });

    const grant = (await enter({ region: 'us' })).expectStatus(200).as(JoinGrant);
    const [stun, us, eu] = grant.iceServers;
    expect(stun).toEqual(ICE_SERVERS[0]);
    expect(us?.urls).toEqual(['turn:us.example.org:3478?transport=udp']);
    expect(eu?.urls).toEqual(['turn:eu.example.org:3478?transport=udp']);
    expect(us?.username).toMatch(new RegExp(`^\\d+:u:${visitor.user.id}$`));
    const seconds = parseInt(us?.username ?? '') - Date.now() / 1000;
    expect(seconds).toBeGreaterThan(590);
    expect(seconds).toBeLessThanOrEqual(600);
    expect(us?.credential).not.toBe(eu?.credential);
    expect(grant.iceTtlSeconds).toBe(600);
    expect(JSON.stringify(grant)).not.toContain('secret-of-the-tests');

    (await enter({ region: 'Mars!' })).expectError('VALIDATION_FAILED');
  });

  it('are sorted by the region that a proxy tells, unless the join names one', async () => {
    const visitor = await relayed.register();
    const { code } = await relayed.createRoom(visitor);
    const nearest = async (told: string, body?: unknown) => {
      const headers = { 'x-region': told };
      const answer = await relayed.call('POST', `/rooms/${code}/join`, {
        token: visitor.accessToken,
        headers,
        body,
      });
      return answer.expectStatus(200).as(JoinGrant).iceServers[1]?.urls;
    };
    const [eu, us] = ['eu', 'us'].map((region) => [`turn:${region}.example.org:3478?transport=udp`]);
    expect(await nearest('US')).toEqual(us);
    expect(await nearest('us', { region: 'eu' })).toEqual(eu);
    // What is no region, or has no server, changes nothing.
    expect(await nearest('../etc')).toEqual(eu);
    expect(await nearest('ap-south')).toEqual(eu);
  });
});

describe('the address of the SFU', () => {
  it('is SFU_URL when that is set', async () => {
    const elsewhere = await startTestApi({ SFU_URL: 'https://sfu.example.org/' });
    try {
      const visitor = await elsewhere.register();
      const { code } = await elsewhere.createRoom(visitor);
      const answer = await elsewhere.call('POST', `/rooms/${code}/join`, { token: visitor.accessToken });
      expect(answer.as(JoinGrant).sfuUrl).toBe('https://sfu.example.org');
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("connect-src 'self' https://sfu.example.org wss://sfu.example.org;");
    } finally {
      await elsewhere.close();
    }
  });
});
