/** Files of meetings through the whole API: who may store and read them, what comes back, and when they go. */
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ErrorResponse,
  FileView,
  JoinGrant,
  LIMITS,
  MeetingTokenClaims,
  type ErrorCode,
  type Role,
  type Room,
} from '@vcallpe/shared';
import type { Visitor } from '../testing/api-client.ts';
import { startTestApi, type TestApi } from '../testing/harness.ts';
import { removeUnsent } from './file-sweep.ts';

let api: TestApi;
let ann: Visitor;
let room: Room;
beforeAll(async () => {
  api = await startTestApi();
  ann = await api.register();
});
afterAll(() => api.close());
beforeEach(async () => {
  room = await api.createRoom(ann);
});

const PNG = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1');

const tokenOf = async (visitor?: Visitor, code = room.code) =>
  (
    await api.call('POST', `/rooms/${code}/join`, {
      body: visitor ? {} : { displayName: 'Guest' },
      ...(visitor && { token: visitor.accessToken }),
    })
  ).as(JoinGrant).meetingToken;

const participantOf = (token: string) =>
  MeetingTokenClaims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))
    .participantId;

const at = (path: string) => `${api.url}/api/v1/rooms/${path}`;
const upload = (token: string, bytes: Uint8Array, query: Record<string, string> = { name: 'a.png' }) =>
  fetch(`${at(room.code)}/files?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
const stored = async (token: string, bytes: Uint8Array, query?: Record<string, string>) => {
  const response = await upload(token, bytes, query);
  expect(response.status).toBe(201);
  return FileView.parse(await response.json());
};
/** Read to its end, as a browser does. */
const download = async (token: string, fileId: string, code = room.code) => {
  const response = await fetch(at(`${code}/files/${fileId}`), {
    headers: { authorization: `Bearer ${token}` },
  });
  return new Response(await response.arrayBuffer(), response);
};
const expectError = async (response: Response, code: ErrorCode) => {
  expect(ErrorResponse.parse(await response.json()).error.code).toBe(code);
};
/** As the SFU does when a message names it. */
const send = (fileId: string) =>
  api.database.chatFiles.updateOne({ _id: fileId }, { $set: { messageId: crypto.randomUUID() } });
const left = async (fileId: string) => {
  const { connection, chatFiles } = api.database;
  const pieces = connection.collection('chatfilebytes.chunks');
  return {
    notes: await chatFiles.countDocuments({ _id: fileId }),
    pieces: (await pieces.find({}).toArray()).filter(({ files_id: id }) => String(id) === fileId).length,
  };
};

describe('a file', () => {
  it('comes back as it was, under its name, and is never run', async () => {
    const mine = await tokenOf(ann);
    const view = await stored(mine, PNG, { name: 'Grüße „1“.png' });
    expect(view).toMatchObject({ name: 'Grüße „1“.png', type: 'image/png', bytes: PNG.length });
    await send(view.fileId);

    const response = await download(await tokenOf(), view.fileId);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PNG.length),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers['content-disposition']).toMatch(/^inline; .*filename\*=UTF-8''Gr%C3%BC%C3%9Fe/);
  });

  it.each([
    ['a page', '<html><script>alert(1)</script>'],
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a program', 'MZ\x90\0'],
  ])('that is %s is only ever saved, whatever it is called', async (_what, content) => {
    const mine = await tokenOf(ann);
    const { fileId } = await stored(mine, Buffer.from(content, 'latin1'), { name: 'holiday.png' });
    const { headers } = await download(mine, fileId);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; /);
  });

  it('is for others only once it was sent, and a private one for two alone', async () => {
    const [mine, theirs, strangers] = await Promise.all([tokenOf(ann), tokenOf(), tokenOf()]);
    const { fileId } = await stored(mine, PNG, { name: 'a.png', to: participantOf(theirs) });
    await expectError(await download(theirs, fileId), 'NOT_FOUND');
    await send(fileId);
    expect((await download(theirs, fileId)).status).toBe(200);
    expect((await download(mine, fileId)).status).toBe(200);
    await expectError(await download(strangers, fileId), 'NOT_FOUND');
  });

  it('is not to be had from another room, nor without a token of this one', async () => {
    const mine = await tokenOf(ann);
    const { fileId } = await stored(mine, PNG);
    await send(fileId);
    const other = await api.createRoom(ann);
    const ofOther = await tokenOf(ann, other.code);
    await expectError(await download(ofOther, fileId), 'NOT_FOUND');
    await expectError(await download(ofOther, fileId, other.code), 'NOT_FOUND');
    await expectError(await download(ann.accessToken, fileId), 'TOKEN_INVALID');
    await expectError(await fetch(at(`${room.code}/files/${fileId}`)), 'UNAUTHENTICATED');
  });
});

describe('an upload', () => {
  it.each([
    ['without a name', {}],
    ['with a way in its name', { name: '../../etc/passwd' }],
    ['with a name that reads backwards', { name: 'a\u202Egpj.exe' }],
    ['to nobody', { name: 'a.png', to: 'everyone' }],
  ])('%s is refused', async (_what, query) => {
    await expectError(
      await upload(await tokenOf(ann), PNG, query as Record<string, string>),
      'VALIDATION_FAILED',
    );
  });

  it('of nothing is refused', async () => {
    await expectError(await upload(await tokenOf(ann), Buffer.alloc(0)), 'VALIDATION_FAILED');
  });

  it('that says it is too large is not read', async () => {
    const response = await upload(await tokenOf(ann), Buffer.alloc(LIMITS.fileBytes + 1)).catch(
      () => undefined,
    );
    // The connection may close before the client has read the answer.
    if (response) await expectError(response, 'PAYLOAD_TOO_LARGE');
    await expect(api.database.chatFiles.countDocuments({ roomId: await idOf(room) })).resolves.toBe(0);
  });

  it('that turns out to be too large is cut off, and leaves nothing', async () => {
    const token = await tokenOf(ann);
    let sent = 0;
    const endless = new Readable({
      read() {
        const chunk = Buffer.alloc(1_000_000);
        sent += chunk.length;
        this.push(chunk);
      },
    });
    const response = await fetch(`${at(room.code)}/files?name=endless`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: Readable.toWeb(endless) as ReadableStream,
      duplex: 'half',
    } as RequestInit).catch(() => undefined);
    if (response) await expectError(response, 'PAYLOAD_TOO_LARGE');
    endless.destroy();
    expect(sent).toBeGreaterThan(LIMITS.fileBytes);
    const roomId = await idOf(room);
    while ((await api.database.chatFiles.countDocuments({ roomId })) > 0);
  });
});

describe('who may upload', () => {
  /** As the SFU keeps it. */
  const meet = async (stays: { participantId: string; role: Role }[], removed: string[] = []) => {
    const joinedAt = new Date();
    await api.database.meetings.create({
      roomId: await idOf(room),
      startedAt: joinedAt,
      aliveAt: joinedAt,
      locked: false,
      removed,
      admitted: [],
      attendances: stays.map((stay) => ({ ...stay, displayName: 'Guest', joinedAt })),
      acts: [],
    });
  };

  it('is asked of the meeting, and not of the token that one came with', async () => {
    const token = await tokenOf();
    const participantId = participantOf(token);
    await meet([{ participantId, role: 'viewer' }]);
    await expectError(await upload(token, PNG), 'FORBIDDEN');
    await api.database.meetings.updateOne(
      { roomId: await idOf(room) },
      { $set: { 'attendances.0.role': 'participant' } },
    );
    await stored(token, PNG);
  });

  it('is what their last stay says', async () => {
    const token = await tokenOf();
    const participantId = participantOf(token);
    await meet([
      { participantId, role: 'guest' },
      { participantId: 'g:1', role: 'guest' },
      { participantId, role: 'viewer' },
    ]);
    await expectError(await upload(token, PNG), 'FORBIDDEN');
    await stored(await tokenOf(ann), PNG);
  });

  it('is nobody who was removed', async () => {
    const token = await tokenOf();
    const participantId = participantOf(token);
    await meet([{ participantId, role: 'guest' }], [participantId]);
    await expectError(await upload(token, PNG), 'FORBIDDEN');
  });
});

describe('a browser that goes away', () => {
  it('during an upload leaves nothing, and the server as it was', async () => {
    const token = await tokenOf(ann);
    const stop = new AbortController();
    const roomId = await idOf(room);
    // The rest never comes.
    const slow = new Readable({ read: () => undefined });
    slow.push(Buffer.alloc(300_000));
    const sending = fetch(`${at(room.code)}/files?name=slow`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: Readable.toWeb(slow) as ReadableStream,
      duplex: 'half',
      signal: stop.signal,
    } as RequestInit).catch(() => undefined);
    while ((await api.database.chatFiles.countDocuments({ roomId })) === 0);
    stop.abort();
    await sending;
    while ((await api.database.chatFiles.countDocuments({ roomId })) > 0);
    (await api.fetch('GET', '/healthz')).expectStatus(200);
  });
});

describe('files go', () => {
  it('with their room', async () => {
    const { fileId } = await stored(await tokenOf(ann), PNG);
    await send(fileId);
    await expect(left(fileId)).resolves.toEqual({ notes: 1, pieces: 1 });
    (await api.call('DELETE', `/rooms/${room.code}`, { token: ann.accessToken })).expectStatus(204);
    await expect(left(fileId)).resolves.toEqual({ notes: 0, pieces: 0 });
  });

  it('with the account that owns their room', async () => {
    const ben = await api.register('Ben');
    room = await api.createRoom(ben);
    const { fileId } = await stored(await tokenOf(ben), PNG);
    (
      await api.call('DELETE', '/me', { token: ben.accessToken, body: { password: 'correct horse battery' } })
    ).expectStatus(204);
    await expect(left(fileId)).resolves.toEqual({ notes: 0, pieces: 0 });
  });

  it('after a while when no message came with them', async () => {
    const token = await tokenOf(ann);
    const [sent, unsent] = await Promise.all([stored(token, PNG), stored(token, PNG)]);
    await send(sent.fileId);
    await removeUnsent(api.database, new Date(Date.now() - 60_000));
    await expect(left(unsent.fileId)).resolves.toEqual({ notes: 1, pieces: 1 });
    await removeUnsent(api.database, new Date(Date.now() + 1));
    await expect(left(unsent.fileId)).resolves.toEqual({ notes: 0, pieces: 0 });
    await expect(left(sent.fileId)).resolves.toEqual({ notes: 1, pieces: 1 });
  });
});

async function idOf({ code }: Room): Promise<string> {
  const found = await api.database.rooms.findOne({ code }).lean();
  return String(found?._id);
}
