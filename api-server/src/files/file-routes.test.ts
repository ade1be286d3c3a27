/** Files of meetings through the whole API: who may store and read them, what comes back, and when they go. */
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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
import { removeOver, removeUnsent } from './file-sweep.ts';

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

/** Of somebody who may be no further than the door. */
const tokenAtDoor = async (visitor?: Visitor, code = room.code) =>
  (
    await api.call('POST', `/rooms/${code}/join`, {
      body: visitor ? {} : { displayName: 'Guest' },
      ...(visitor && { token: visitor.accessToken }),
    })
  ).as(JoinGrant).meetingToken;

/** Of somebody who has entered the meeting that goes on. */
const tokenOf = async (visitor?: Visitor, code = room.code) => {
  const token = await tokenAtDoor(visitor, code);
  await enter(token, code);
  return token;
};

/** As the SFU keeps it. */
const meet = async (
  stays: { participantId: string; role: Role }[],
  { removed = [], code = room.code, ...rest }: Partial<Meet> = {},
) => {
  const joinedAt = new Date();
  return api.database.meetings.create({
    roomId: await idOf(code),
    startedAt: joinedAt,
    aliveAt: joinedAt,
    locked: false,
    removed,
    admitted: [],
    attendances: stays.map((stay) => ({ ...stay, displayName: 'Guest', joinedAt })),
    acts: [],
    ...rest,
  });
};
interface Meet {
  removed: string[];
  code: string;
  startedAt: Date;
  aliveAt: Date;
}
const enter = async (token: string, code = room.code) => {
  const going = { roomId: await idOf(code), endedAt: { $exists: false } };
  const { participantId, role } = claimsOf(token);
  const stay = { participantId, role, displayName: 'Guest', joinedAt: new Date() };
  const { matchedCount } = await api.database.meetings.updateOne(going, { $push: { attendances: stay } });
  if (matchedCount === 0) await meet([stay], { code });
};
const endMeeting = async () =>
  api.database.meetings.updateMany({ roomId: await idOf(room.code) }, { $set: { endedAt: new Date() } });

const claimsOf = (token: string) =>
  MeetingTokenClaims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
const participantOf = (token: string) => claimsOf(token).participantId;

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
/** As the SFU does for a message, before that is stored. */
const claim = (fileId: string) =>
  api.database.chatFiles.findOneAndUpdate({ _id: fileId }, { $set: { messageId: crypto.randomUUID() } });
let lastSeq = 0;
/** As the SFU does when a message names it. */
const send = async (fileId: string) => {
  await claim(fileId);
  const file = await api.database.chatFiles.findById(fileId).lean();
  if (!file) throw new Error('There is no such file');
  const { roomId, messageId = '', from } = file;
  await api.database.chatMessages.create({
    roomId,
    seq: ++lastSeq,
    messageId,
    from: { participantId: from, displayName: 'Guest' },
    sentAt: new Date(),
  });
};
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

  it('is for who has entered its meeting, and not for who waits, was sent away or comes to the next one', async () => {
    const [mine, removed, waiting] = [await tokenOf(ann), await tokenOf(), await tokenAtDoor()];
    const { fileId } = await stored(mine, PNG);
    await send(fileId);
    expect((await download(removed, fileId)).status).toBe(200);
    const ofRoom = { roomId: await idOf(room.code) };
    await api.database.meetings.updateOne(ofRoom, { $set: { removed: [participantOf(removed)] } });
    await expectError(await download(removed, fileId), 'NOT_FOUND');
    await expectError(await download(waiting, fileId), 'NOT_FOUND');
    await endMeeting();
    await expectError(await download(await tokenOf(), fileId), 'NOT_FOUND');
    // Who was there keeps it.
    expect((await download(mine, fileId)).status).toBe(200);
  });

  it('is also for who has come in just now, and is in the record only a moment later', async () => {
    const { fileId } = await stored(await tokenOf(ann), PNG);
    await send(fileId);
    const token = await tokenAtDoor();
    const downloading = download(token, fileId);
    await enter(token);
    expect((await downloading).status).toBe(200);
  });

  it('has an id that tells nothing of the next one’s', async () => {
    const token = await tokenOf(ann);
    const [one, next] = [await stored(token, PNG), await stored(token, PNG)];
    // The first eight digits of the driver's own ids are the time, the ten behind them the process.
    expect(one.fileId.slice(8, 18)).not.toBe(next.fileId.slice(8, 18));
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
    await expect(api.database.chatFiles.countDocuments({ roomId: await idOf(room.code) })).resolves.toBe(0);
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
    const roomId = await idOf(room.code);
    while ((await api.database.chatFiles.countDocuments({ roomId })) > 0);
  });
});

describe('who may upload', () => {
  it('is asked of the meeting, and not of the token that one came with', async () => {
    const token = await tokenAtDoor();
    const participantId = participantOf(token);
    await meet([{ participantId, role: 'viewer' }]);
    await expectError(await upload(token, PNG), 'FORBIDDEN');
    await api.database.meetings.updateOne(
      { roomId: await idOf(room.code) },
      { $set: { 'attendances.0.role': 'participant' } },
    );
    await stored(token, PNG);
  });

  it('is what their last stay says', async () => {
    const token = await tokenAtDoor();
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
    const token = await tokenAtDoor();
    const participantId = participantOf(token);
    await meet([{ participantId, role: 'guest' }], { removed: [participantId] });
    await expectError(await upload(token, PNG), 'FORBIDDEN');
  });

  it('is nobody at the door, nor once the meeting is over', async () => {
    const [mine, atDoor] = [await tokenOf(ann), await tokenAtDoor()];
    const refused = upload(atDoor, PNG);
    await stored(mine, PNG);
    await expectError(await refused, 'FORBIDDEN');
    await endMeeting();
    await expectError(await upload(mine, PNG), 'FORBIDDEN');
  });

  it('is nobody of a meeting whose server died a while ago', async () => {
    const token = await tokenAtDoor();
    const aliveAt = new Date(Date.now() - LIMITS.meetingResumesWithinMs);
    await meet([{ participantId: participantOf(token), role: 'guest' }], { aliveAt });
    await expectError(await upload(token, PNG), 'FORBIDDEN');
  });

  it('is also who has come in just now, and is in the record only a moment later', async () => {
    const token = await tokenAtDoor();
    const uploading = upload(token, PNG);
    await enter(token);
    expect((await uploading).status).toBe(201);
  });
});

describe('there is room', () => {
  afterEach(() => api.database.chatFiles.deleteMany({ name: 'noted.png' }));
  /** Notes of files, without their bytes. */
  const fill = async (count: number, from: string, messageId?: string) => {
    const meeting = await api.database.meetings.findOne({ roomId: await idOf(room.code) }).lean();
    await api.database.chatFiles.insertMany(
      Array.from({ length: count }, () => ({
        roomId: meeting?.roomId,
        meetingId: meeting?._id,
        from,
        name: 'noted.png',
        type: 'image/png',
        bytes: 1,
        complete: true,
        ...(messageId && { messageId }),
        createdAt: new Date(),
      })),
    );
  };

  it('for so many files of one person, sent or not, and others do not notice', async () => {
    const [mine, theirs] = [await tokenOf(ann), await tokenOf()];
    await fill(LIMITS.filesPerPerson - 1, participantOf(mine));
    // Of two at a time one is too many.
    const statuses = await Promise.all([upload(mine, PNG), upload(mine, PNG)]);
    expect(statuses.map(({ status }) => status)).toContain(409);
    await fill(LIMITS.filesPerMeeting, 'g:1');
    await stored(theirs, PNG);
  });

  it('for so many in one meeting, and in the next one again', async () => {
    const token = await tokenOf(ann);
    await fill(LIMITS.filesPerMeeting, 'g:1', crypto.randomUUID());
    await expectError(await upload(token, PNG), 'LIMIT_REACHED');
    await endMeeting();
    await enter(token);
    await stored(token, PNG);
  });
});

describe('a browser that goes away', () => {
  it('during an upload leaves nothing, and the server as it was', async () => {
    const token = await tokenOf(ann);
    const stop = new AbortController();
    const roomId = await idOf(room.code);
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

  it('after a while when no message came with them, or none that could be stored', async () => {
    const token = await tokenOf(ann);
    const files = await Promise.all([stored(token, PNG), stored(token, PNG), stored(token, PNG)]);
    const [sent, unsent, claimed] = files;
    await send(sent.fileId);
    await claim(claimed.fileId);
    await removeUnsent(api.database, new Date(Date.now() - 60_000));
    await expect(left(unsent.fileId)).resolves.toEqual({ notes: 1, pieces: 1 });
    await removeUnsent(api.database, new Date(Date.now() + 1));
    await expect(left(unsent.fileId)).resolves.toEqual({ notes: 0, pieces: 0 });
    await expect(left(claimed.fileId)).resolves.toEqual({ notes: 0, pieces: 0 });
    await expect(left(sent.fileId)).resolves.toEqual({ notes: 1, pieces: 1 });
  });

  it('when their meeting is long over', async () => {
    const token = await tokenOf(ann);
    const before = await stored(token, PNG);
    await send(before.fileId);
    await removeOver(api.database, new Date(Date.now() - 60_000));
    await expect(left(before.fileId)).resolves.toEqual({ notes: 1, pieces: 1 });
    await endMeeting();
    await meet([{ participantId: participantOf(token), role: 'owner' }], {
      aliveAt: new Date(Date.now() + 60_000),
    });
    const now = await stored(token, PNG);
    await removeOver(api.database, new Date(Date.now() + 1));
    await expect(left(before.fileId)).resolves.toEqual({ notes: 0, pieces: 0 });
    await expect(left(now.fileId)).resolves.toEqual({ notes: 1, pieces: 1 });
  });
});

async function idOf(code: string): Promise<string> {
  const found = await api.database.rooms.findOne({ code }).lean();
  return String(found?._id);
}
