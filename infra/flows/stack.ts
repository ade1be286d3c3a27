/**
 * The whole stack in one process, for call flows: the embedded database, the API, an SFU node with a real worker,
 * real Socket.IO, and the client's own conference core. Only the WebRTC stack of the browser is played, by
 * mediasoup-client's FakeHandler; flows that look at media are in ../e2e.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeMediaStreamTrack } from 'fake-mediastreamtrack';
import { Device, FakeHandler, testFakeParameters } from 'mediasoup-client';
import { pino } from 'pino';
import { AppError, type ErrorResponse, type JoinGrant, type Room } from '@vcallpe/shared';
import { startEmbeddedMongo } from '@vcallpe/embedded-mongo';
import { startSfuNode, type SfuNode } from '@vcallpe/sfu-server';
import { readConfig } from '@vcallpe/sfu-server/config';
import { createApiServer, loadConfig } from '@vcallpe/api-server';
import { Conference, type ConferenceOptions } from '../../client/src/conference/conference.ts';
import { freePort } from '../e2e/free-ports.ts';

const ROOM_TOKEN_SECRET = 'only for tests, thirty-two characters';

export interface Stack {
  apiUrl: string;
  mongodbUri: string;
  sfu: SfuNode;
  roomTokenSecret: string;
  /** A signed-in account. */
  account(name: string): Promise<Account>;
  /** A conference that is in, as an account or a guest. Left by itself when the stack closes. */
  enter(code: string, who: Account | string, options?: Partial<ConferenceOptions>): Promise<Conference>;
  /** @param guestKey makes a guest the same one as in the grant that it came with */
  grant(code: string, who: Account | string, guestKey?: string): Promise<JoinGrant>;
  /** A request to the API, below its prefix. */
  call<T>(method: string, path: string, token?: string, body?: unknown): Promise<T>;
  restartSfu(): Promise<void>;
  restartApi(): Promise<void>;
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  close(): Promise<void>;
}

export interface Account {
  accessToken: string;
  createRoom(name: string, settings?: Partial<Room['settings']>): Promise<Room>;
  deleteRoom(code: string): Promise<void>;
}

/** Settings that differ from the usual. */
export async function startStack(
  sfuEnv: NodeJS.ProcessEnv = {},
  apiEnv: NodeJS.ProcessEnv = {},
): Promise<Stack> {
  const dir = await mkdtemp(join(tmpdir(), 'vcallpe-flows-'));
  let mongo = await startEmbeddedMongo({ dir });
  const mongodbUri = mongo.uri('vcallpe');
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });

  const startSfu = (port: string) =>
    startSfuNode(
      readConfig({
        NODE_ENV: 'test',
        MONGODB_URI: mongodbUri,
        ROOM_TOKEN_SECRET,
        SFU_PORT: port,
        RTC_PORT: '0',
        WORKERS: '1',
        RATE_LIMIT_SCALE: '100',
        ...sfuEnv,
      }),
      log,
    );
  // Not one that the kernel chooses, and gives to somebody else while the SFU is restarted.
  const sfuPort = String(await freePort());
  let sfu = await startSfu(sfuPort);
  const startApi = (port: string) =>
    createApiServer(
      loadConfig({
        NODE_ENV: 'test',
        PORT: port,
        MONGODB_URI: mongodbUri,
        ACCESS_TOKEN_SECRET: 'another secret only for tests, 32 characters',
        ROOM_TOKEN_SECRET,
        SFU_PORT: sfuPort,
        BCRYPT_COST: '4',
        RATE_LIMIT_SCALE: '100',
        LOG_LEVEL: 'silent',
        ...apiEnv,
      }),
    );
  let api = await startApi(String(await freePort())).catch(async (error: unknown) => {
    // What runs already would keep the tests from ending.
    await sfu.close();
    await mongo.close();
    throw error;
  });
  const { url: apiUrl } = api;
  const conferences: Conference[] = [];

  const call = async <T>(method: string, path: string, token?: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${apiUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.status === 204) return undefined as T;
    const answer = await response.json();
    if (!response.ok) throw AppError.fromBody((answer as ErrorResponse).error);
    return answer as T;
  };

  const grant: Stack['grant'] = (code, who, guestKey) =>
    typeof who === 'string'
      ? call('POST', `/rooms/${code}/join`, undefined, { displayName: who, guestKey })
      : call('POST', `/rooms/${code}/join`, who.accessToken, {});

  return {
    apiUrl,
    mongodbUri,
    get sfu() {
      return sfu;
    },
    roomTokenSecret: ROOM_TOKEN_SECRET,
    grant,
    call,
    async account(name) {
      const { accessToken } = await call<{ accessToken: string }>('POST', '/auth/register', undefined, {
        email: `${name.toLowerCase()}@example.org`,
        password: 'correct horse battery',
        displayName: name,
      });
      return {
        accessToken,
        createRoom: (room, settings) => call('POST', '/rooms', accessToken, { name: room, settings }),
        deleteRoom: (code) => call('DELETE', `/rooms/${code}`, accessToken),
      };
    },
    async enter(code, who, options = {}) {
      const conference = new Conference({ getGrant: () => grant(code, who), createDevice, ...options });
      conference.subscribe(() => showEveryone(conference));
      await conference.join();
      conferences.push(conference);
      return conference;
    },
    async restartSfu() {
      await sfu.close();
      sfu = await startSfu(sfuPort);
    },
    async restartApi() {
      await api.close();
      api = await startApi(new URL(apiUrl).port);
    },
    stopDatabase: () => mongo.close(),
    async startDatabase() {
      mongo = await startEmbeddedMongo({ dir });
    },
    async close() {
      await Promise.all(conferences.map((conference) => conference.leave()));
      await sfu.close();
      await api.close();
      await mongo.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** As a page does that has a small tile for everyone. */
function showEveryone(conference: Conference): void {
  const { others, maxTiles } = conference.getState();
  const tiles = others.map(({ peerId }) => ({ peerId, source: 'camera' as const, width: 320, height: 180 }));
  conference.show(tiles.slice(0, maxTiles));
}

export async function createDevice(): Promise<Device> {
  return new Device({ handlerFactory: FakeHandler.createFactory(testFakeParameters) });
}

export function fakeTrack(kind: 'audio' | 'video'): MediaStreamTrack {
  return new FakeMediaStreamTrack({ kind }) as unknown as MediaStreamTrack;
}
