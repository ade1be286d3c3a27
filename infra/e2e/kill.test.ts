/** kill -9 of each process during use: what was acknowledged is still there, and people in a call stay or come back. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Room, SessionResponse } from '@vcallpe/shared';
import { Participant } from '../browser/participant.ts';
import { seeVideo } from '../browser/probe.ts';
import { until } from '../browser/wait.ts';
import { isRunning } from '../setup/test-processes.ts';
import { isReady, startService, type Service } from './service.ts';

const TONES = { Mia: 500, Ben: 880 };
const PASSWORD = 'correct horse battery';

let service: Service;
let mia: Participant;
let ben: Participant;

beforeAll(async () => {
  service = await startService();
  [mia, ben] = (await Promise.all(
    (['Mia', 'Ben'] as const).map((name) => Participant.open({ name, url: service.url, tone: TONES[name] })),
  )) as [Participant, Participant];
  await mia.signUp('mia@example.org', PASSWORD);
  const link = await mia.createRoom('Standup');
  await mia.join(link);
  await ben.join(link);
  await inTouch();
}, 900_000);

afterAll(async () => {
  await Promise.all([mia?.close(), ben?.close()]);
  await service?.stop();
}, 60_000);

async function inTouch(): Promise<void> {
  await Promise.all([mia.seesMoving('Ben'), ben.seesMoving('Mia')]);
  await mia.hears('Ben', TONES.Ben);
  await ben.hears('Mia', TONES.Mia);
}

/** Kills the one process whose command line matches, and resolves when another has taken its place and all is ready. */
async function killAndAwaitSuccessor(what: RegExp): Promise<void> {
  const [pid, ...more] = await service.children(what);
  if (!pid || more.length > 0) throw new Error(`Expected one process like ${what}, found ${[pid, ...more]}`);
  process.kill(pid, 'SIGKILL');
  await until(`a successor of ${what}`, async () => {
    const [successor] = await service.children(what);
    return successor && successor !== pid && (await isReady(service.url)) && (await isReady(service.sfuUrl));
  });
}

interface Acknowledged {
  email: string;
  displayName: string;
  cookie: string;
  room?: string;
}

/** Signs people up and makes rooms for as long as it is told to, and remembers what was answered with success. */
class Writer {
  readonly acknowledged: Acknowledged[] = [];
  #stopped = false;
  readonly #prefix: string;
  readonly #done: Promise<void>;

  constructor(prefix: string) {
    this.#prefix = prefix;
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    for (let i = 0; !this.#stopped; i += 1) {
      const account = { email: `${this.#prefix}${i}@example.org`, displayName: `Writer ${i}` };
      try {
        const response = await call('POST', '/auth/register', { ...account, password: PASSWORD });
        if (response.status !== 201) throw new Error(`register: ${response.status}`);
        const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
        const written: Acknowledged = { ...account, cookie };
        this.acknowledged.push(written);
        const { accessToken } = (await response.json()) as SessionResponse;
        const room = await call(
          'POST',
          '/rooms',
          { name: `Room ${i}` },
          { authorization: `Bearer ${accessToken}` },
        );
        if (room.status !== 201) throw new Error(`room: ${room.status}`);
        written.room = ((await room.json()) as Room).code;
      } catch {
        // The service is away; don't turn the wait for it into a busy loop.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}

function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${service.url}/api/v1${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });
}

/** Every acknowledged session can be refreshed, and finds its account and its room. */
async function allThere(acknowledged: Acknowledged[]): Promise<void> {
  for (const { email, displayName, cookie, room } of acknowledged) {
    const response = await call('POST', '/auth/refresh', undefined, { cookie });
    expect({ email, status: response.status }).toEqual({ email, status: 200 });
    const { accessToken, user } = (await response.json()) as SessionResponse;
    expect(user).toMatchObject({ email, displayName });
    if (!room) continue;
    const list = await call('GET', '/rooms', undefined, { authorization: `Bearer ${accessToken}` });
    const { rooms } = (await list.json()) as { rooms: Room[] };
    // A room whose answer was lost may be there too; the acknowledged one has to be.
    expect(rooms.map(({ code }) => code)).toContain(room);
  }
}

describe('kill -9', () => {
  it.each([
    ['the database', /embedded-mongo\/src\/main\.ts/],
    ['the API', /api-server\/src\/index\.ts/],
  ])(
    'of %s loses nothing acknowledged, and the call goes on',
    async (what, process) => {
      const writer = new Writer(what.replace(/\W/g, '').toLowerCase());
      await until('a few accounts', () => writer.acknowledged.length >= 3);
      const before = await seeVideo(mia.page, 'Ben');
      await killAndAwaitSuccessor(process);
      const soFar = writer.acknowledged.length;
      await until('accounts to be made again', () => writer.acknowledged.length >= soFar + 2);
      await writer.stop();
      await allThere(writer.acknowledged);
      // Media does not pass through what was killed: the same video element went on decoding.
      const after = await seeVideo(mia.page, 'Ben');
      expect(after?.frames).toBeGreaterThan(before?.frames ?? Infinity);
      await inTouch();
    },
    180_000,
  );

  it('of the SFU: everyone is back without doing anything', async () => {
    await killAndAwaitSuccessor(/sfu-server\/src\/index\.ts/);
    await mia.waitForTile('Ben', { 'data-video': 'on' });
    await ben.waitForTile('Mia', { 'data-video': 'on' });
    await inTouch();
    expect(await mia.page.getByRole('group').count()).toBe(2);
  }, 180_000);

  it('leaves nothing running after Ctrl-C', async () => {
    const children = await service.children(/./);
    expect(children.length).toBeGreaterThan(3);
    expect(await service.stop()).toBe(0);
    await until('every process to be gone', () => children.every((pid) => !isRunning(pid)));
  }, 60_000);
});
