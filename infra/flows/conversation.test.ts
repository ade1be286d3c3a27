/** Chat, files, hands, reactions and polls on the whole stack, with the client's own chat. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FileView, type EventPayload, type GrantableRole, type PollView, type Room } from '@vcallpe/shared';
import { Chat } from '../../client/src/conference/chat.ts';
import type { Conference } from '../../client/src/conference/conference.ts';
import { Polls } from '../../client/src/conference/polls.ts';
import { until } from '../browser/wait.ts';
import { startCutProxy, type CutProxy } from './cut-proxy.ts';
import { grantsOf } from './same-guest.ts';
import { startStack, type Account, type Stack } from './stack.ts';

let stack: Stack;
let owner: Account;
let room: Room;
let wire: CutProxy;
const open: { close(): void }[] = [];
const inside: Conference[] = [];

beforeAll(async () => {
  stack = await startStack();
  owner = await stack.account('Mia');
  wire = await startCutProxy(stack.sfu.url);
});
afterAll(async () => {
  await stack?.close();
  await wire?.close();
});
beforeEach(async () => {
  wire.mend();
  room = await owner.createRoom('Standup');
});
afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  await Promise.all(inside.splice(0).map((conference) => conference.leave()));
});

interface Person {
  conference: Conference;
  chat: Chat;
}

async function enter(who: Account | string, { overWire = false } = {}): Promise<Person> {
  const getGrant = grantsOf(stack, room.code, who, overWire ? wire.url : undefined);
  const conference = await stack.enter(room.code, who, { getGrant });
  const chat = new Chat(conference);
  open.push(chat);
  inside.push(conference);
  await until('the history', () => chat.getState().loading === undefined);
  return { conference, chat };
}

const texts = ({ chat }: Person) => chat.getState().messages.map(({ text }) => text);
const idOf = ({ conference }: Person) => conference.getState().self?.participantId ?? '';
const asAddressee = (person: Person) => ({ participantId: idOf(person), displayName: 'Somebody' });
const everyone = (people: Person[], what: string, holds: (person: Person) => boolean) =>
  until(what, () => people.every(holds));

describe('chat', () => {
  it('reaches everyone once, in one order', async () => {
    const people = await Promise.all([enter(owner), enter('Ben'), enter('Zoe')]);
    for (const [index, { chat }] of people.entries()) {
      for (const word of ['one', 'two', 'three']) chat.send({ text: `${index} ${word}` });
    }
    await everyone(people, 'nine messages everywhere', (person) => texts(person).length === 9);
    const [mia, ben, zoe] = people.map(texts);
    expect(ben).toEqual(mia);
    expect(zoe).toEqual(mia);
    // Each person's own, as they wrote them.
    for (const index of [0, 1, 2]) {
      expect(mia?.filter((text) => text.startsWith(String(index)))).toEqual(
        ['one', 'two', 'three'].map((word) => `${index} ${word}`),
      );
    }
    expect(people[0]?.chat.getState().unread).toBe(6);
  });

  it('is the same message when it is sent again, also by hand and at the same time', async () => {
    const [mia, ben] = [await enter(owner), await enter('Ben')];
    const messageId = crypto.randomUUID();
    const send = (text: string) => mia.conference.request('sendChat', { messageId, text });
    const [first, second] = await Promise.all([send('Hello'), send('Hello')]);
    expect(second).toEqual(first);
    await expect(send('Something else')).resolves.toEqual(first);
    // The same id of somebody else is another message.
    const other = await ben.conference.request('sendChat', { messageId, text: 'Mine' });
    expect(other.seq).not.toBe(first.seq);
    await until('both', () => texts(ben).join() === 'Hello,Mine');
  });

  it('tells a private message to two people only, also in the history', async () => {
    const [mia, ben, zoe] = [await enter(owner), await enter('Ben'), await enter('Zoe')];
    ben.chat.send({ text: 'Psst', to: asAddressee(mia) });
    await until('Ben to have sent it', () => texts(ben).length === 1);
    mia.chat.send({ text: 'To all' });
    await everyone([mia, ben], 'both messages', (person) => texts(person).join() === 'Psst,To all');
    await until('Zoe to get the second', () => texts(zoe).length > 0);
    expect(texts(zoe)).toEqual(['To all']);
    expect(texts(await enter('Late'))).toEqual(['To all']);
    expect(mia.chat.getState().messages[0]).toMatchObject({
      from: { displayName: 'Ben' },
      to: { participantId: idOf(mia), displayName: 'Mia' },
    });
  });

  it('says so when the one it is for has left, unless it was stored before', async () => {
    const [mia, ben] = [await enter(owner), await enter('Ben')];
    const to = idOf(ben);
    const stored = { messageId: crypto.randomUUID(), text: 'Psst', to };
    const first = await mia.conference.request('sendChat', stored);
    await ben.conference.leave();
    await until('Ben to be gone', () => mia.conference.getState().others.length === 0);
    await expect(mia.conference.request('sendChat', stored)).resolves.toEqual(first);
    await expect(
      mia.conference.request('sendChat', { messageId: crypto.randomUUID(), text: 'Psst', to }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('gives who joins late what was said, page by page', async () => {
    const mia = await enter(owner);
    for (let number = 1; number <= 120; number += 1) mia.chat.send({ text: String(number) });
    await until('all to be stored', () => mia.chat.getState().pending.length === 0);
    const late = await enter('Late');
    expect(texts(late)).toHaveLength(50);
    expect(late.chat.getState()).toMatchObject({ unread: 0, earlier: true });
    await late.chat.loadEarlier();
    await late.chat.loadEarlier();
    expect(texts(late)).toEqual(Array.from({ length: 120 }, (_, index) => String(index + 1)));
    expect(late.chat.getState().earlier).toBe(false);
  });

  it('goes through a cut socket, and what was missed comes', async () => {
    const ben = await enter('Ben', { overWire: true });
    const mia = await enter(owner);
    wire.cut();
    await until('Ben to notice', () => ben.conference.getState().recovery === 'signaling');
    ben.chat.send({ text: 'From Ben' });
    mia.chat.send({ text: 'From Mia' });
    await until('Mia’s to be stored', () => texts(mia).length === 1);
    expect(ben.chat.getState().pending).toMatchObject([{ state: 'sending' }]);
    wire.mend();
    await everyone([mia, ben], 'both', (person) => texts(person).join() === 'From Mia,From Ben');
  });

  it('is limited, and waits instead of failing', async () => {
    const slow = await startStack({ RATE_LIMIT_SCALE: '0.25' });
    try {
      const account = await slow.account('Ann');
      const { code } = await account.createRoom('Slow');
      const conference = await slow.enter(code, account);
      const react = () => conference.request('react', { reaction: '👍' });
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, react));
      expect(outcomes.map(({ status }) => status)).toContain('rejected');
      const refused = outcomes.find((outcome) => outcome.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'RATE_LIMITED' });
      const chat = new Chat(conference);
      open.push(chat);
      chat.send({ text: 'Patience' });
      await until('it to be sent', () => chat.getState().messages.length === 1);
    } finally {
      await slow.close();
    }
  });

  it('says that the database is away, and goes on when it is back', async () => {
    const [mia, ben] = [await enter(owner), await enter('Ben')];
    mia.chat.send({ text: 'Before' });
    await until('it to be stored', () => texts(ben).length === 1);
    await stack.stopDatabase();
    const messageId = crypto.randomUUID();
    const send = () => mia.conference.request('sendChat', { messageId, text: 'Meanwhile' });
    try {
      // Whatever the first to notice is told (see shared/src/deadline.ts), it is told something.
      const refusals = await Promise.allSettled([send(), send()]);
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ status: 'rejected', reason: { retry: true } });
      }
      await expect(send()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    } finally {
      await stack.startDatabase();
    }
    mia.chat.send({ text: 'After' });
    await until('it to go on', () => texts(mia).includes('After'));
    await until('the same message to be taken', () => send().then(() => true));
    await until('all', () => [mia, ben].every((person) => texts(person).length === 3));
    expect(texts(mia)).toEqual(['Before', 'After', 'Meanwhile']);
    expect(texts(ben)).toEqual(texts(mia));
  });

  it('goes with its room', async () => {
    const mia = await enter(owner);
    mia.chat.send({ text: 'Soon gone' });
    await until('it to be stored', () => texts(mia).length === 1);
    const { code } = room;
    await owner.deleteRoom(code);
    mia.chat.send({ text: 'Too late' });
    await until('the meeting to end', () => mia.conference.getState().status === 'ended');
    expect(mia.chat.getState().pending).toMatchObject([{ text: 'Too late', state: 'failed' }]);
  });
});

describe('files', () => {
  const upload = async ({ conference }: Person, content: string, query: Record<string, string>) => {
    const response = await fetch(
      `${stack.apiUrl}/api/v1/rooms/${room.code}/files?${new URLSearchParams(query)}`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${conference.meetingToken}` },
        body: Buffer.from(content),
      },
    );
    return FileView.parse(await response.json());
  };
  const download = async ({ conference }: Person, { fileId }: FileView) => {
    const response = await fetch(`${stack.apiUrl}/api/v1/rooms/${room.code}/files/${fileId}`, {
      headers: { authorization: `Bearer ${conference.meetingToken}` },
    });
    return response.ok ? response.text() : response.status;
  };

  it('come with a message, also to who joins late', async () => {
    const [mia, ben] = [await enter(owner), await enter('Ben')];
    const file = await upload(ben, 'The minutes', { name: 'minutes.txt' });
    ben.chat.send({ text: '', file });
    await until('Mia to have it', () => mia.chat.getState().messages.length === 1);
    expect(mia.chat.getState().messages[0]).toMatchObject({
      text: '',
      file: { name: 'minutes.txt', type: 'text/plain', bytes: 11 },
    });
    await expect(download(mia, file)).resolves.toBe('The minutes');
    await expect(download(await enter('Late'), file)).resolves.toBe('The minutes');
  });

  it('of a private message are for two, and cannot be told to others', async () => {
    const [mia, ben, zoe] = [await enter(owner), await enter('Ben'), await enter('Zoe')];
    const file = await upload(ben, 'Secret', { name: 'secret.txt', to: idOf(mia) });
    const send = (person: Person, to?: string) =>
      person.conference.request('sendChat', {
        messageId: crypto.randomUUID(),
        text: '',
        fileId: file.fileId,
        to,
      });
    await expect(send(ben)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(send(ben, idOf(zoe))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(send(zoe, idOf(mia))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await send(ben, idOf(mia));
    await expect(download(mia, file)).resolves.toBe('Secret');
    await expect(download(zoe, file)).resolves.toBe(404);
    // It belongs to its message now.
    await expect(send(ben, idOf(mia))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are for who was let in, until they are removed', async () => {
    const [mia, ben] = [await enter(owner), await enter('Ben')];
    const file = await upload(mia, 'For us', { name: 'us.txt' });
    mia.chat.send({ text: '', file });
    await until('Ben to have it', () => ben.chat.getState().messages.length === 1);
    await mia.conference.request('setLocked', { locked: true });
    // The API makes a grant for everyone who asks; the SFU has the door.
    const { meetingToken } = await grantsOf(stack, room.code, 'Zoe')();
    const zoe = await fetch(`${stack.apiUrl}/api/v1/rooms/${room.code}/files/${file.fileId}`, {
      headers: { authorization: `Bearer ${meetingToken}` },
    });
    expect(zoe.status).toBe(404);
    await expect(download(ben, file)).resolves.toBe('For us');
    const { peerId = '' } = ben.conference.getState().self ?? {};
    await mia.conference.request('removePeer', { peerId });
    await until('Ben to be out', () => download(ben, file).then((answer) => answer === 404));
  });

  it('are for who may send one now, whatever they came as', async () => {
    const [mia, ben] = [await enter(owner), await enter('Ben')];
    const peerId = ben.conference.getState().self?.peerId ?? '';
    const setRole = (role: GrantableRole) => mia.conference.request('setRole', { peerId, role });
    await setRole('viewer');
    await until('Ben to be refused', () =>
      upload(ben, 'Mine', { name: 'mine.txt' }).then(
        () => false,
        () => true,
      ),
    );
    await setRole('participant');
    await until('Ben to know', () => ben.conference.getState().self?.role === 'participant');
    const file = await until('the server to know', () =>
      upload(ben, 'Mine', { name: 'mine.txt' }).catch(() => undefined),
    );
    ben.chat.send({ text: '', file });
    await until('Mia to have it', () => mia.chat.getState().messages.length === 1);
  });
});

describe('hands', () => {
  const raised = ({ conference }: Person) =>
    conference
      .getState()
      .others.filter(({ handRaisedAt }) => handRaisedAt !== undefined)
      .sort((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0))
      .map(({ displayName }) => displayName);

  it('are in the order in which they were raised, and stay up through a lost socket and a lost place', async () => {
    const mia = await enter(owner);
    const [ada, ben] = [await enter('Ada', { overWire: true }), await enter('Ben')];
    const raise = ({ conference }: Person, up = true) => conference.request('setHand', { raised: up });
    await raise(ben);
    await until('Mia to see Ben’s', () => raised(mia).join() === 'Ben');
    await raise(ada);
    await until('Mia to see both', () => raised(mia).join() === 'Ben,Ada');
    // Once more changes nothing.
    await raise(ben);
    wire.cut();
    await until('Ada to notice', () => ada.conference.getState().recovery === 'signaling');
    wire.mend();
    await until('Ada to be back', () => ada.conference.getState().recovery === undefined);
    expect(raised(mia)).toEqual(['Ben', 'Ada']);
    await raise(ben, false);
    await until('Ben’s to be down', () => raised(mia).join() === 'Ada');

    await stack.restartSfu();
    await until('Ada’s to be up again', () => raised(mia).join() === 'Ada');
    expect(ada.conference.getState().self?.handRaisedAt).toBeDefined();
  });
});

describe('reactions', () => {
  it('are told to all, together', async () => {
    const [mia, ben] = [await enter(owner), await enter('Ben')];
    const seen: EventPayload<'reactions'>[] = [];
    mia.conference.on('reactions', (payload) => seen.push(payload));
    await Promise.all(
      (['👍', '🎉', '👍'] as const).map((reaction) => ben.conference.request('react', { reaction })),
    );
    await until('three', () => seen.flatMap(({ reactions }) => reactions).length === 3);
    expect(seen.length).toBeLessThan(3);
    expect(seen[0]?.reactions[0]?.peerId).toBe(ben.conference.getState().self?.peerId);
  });
});

describe('polls', () => {
  it('are asked, voted on, changed, closed, and there for who joins late', async () => {
    const [mia, ben, zoe] = [await enter(owner), await enter('Ben'), await enter('Zoe')];
    const boards = [mia, ben, zoe].map(({ conference }) => new Polls(conference));
    open.push(...boards);
    const [mias, bens, zoes] = boards as [Polls, Polls, Polls];
    const seen = (board: Polls) => board.getState().polls[0];
    const counts = (poll: PollView | undefined) => poll?.options.map(({ votes }) => votes).join();

    await mias.start({ question: 'When?', options: ['Now', 'Later', 'Never'], multiple: false });
    await until('all to see it', () => boards.every((board) => seen(board)?.question === 'When?'));
    const { pollId = '' } = seen(mias) ?? {};
    await Promise.all([bens.vote(pollId, [0]), zoes.vote(pollId, [2])]);
    await until('the votes', () => boards.every((board) => counts(seen(board)) === '1,0,1'));
    await zoes.vote(pollId, [0]);
    await until('the changed vote', () => boards.every((board) => counts(seen(board)) === '2,0,0'));
    expect(seen(zoes)?.myChoices).toEqual([0]);
    await bens.vote(pollId, []);
    await until('the vote to be taken back', () => boards.every((board) => counts(seen(board)) === '1,0,0'));

    await expect(bens.vote(pollId, [0, 1])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(bens.vote(pollId, [3])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    // Guests may vote, and neither ask nor close.
    await expect(
      bens.start({ question: 'Why?', options: ['a', 'b'], multiple: false }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(bens.end(pollId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await mias.end(pollId);
    await until('all to know', () => boards.every((board) => seen(board)?.closed));
    await expect(bens.vote(pollId, [1])).rejects.toMatchObject({ code: 'WRONG_STATE' });

    const late = new Polls((await enter('Late')).conference);
    open.push(late);
    await until('the late one to see it', () => seen(late)?.closed);
    expect(counts(seen(late))).toBe('1,0,0');
  });

  it('are the same poll when they are asked for again', async () => {
    const mia = await enter(owner);
    const asked = { startId: crypto.randomUUID(), question: 'When?', options: ['a', 'b'], multiple: true };
    const [first, second] = await Promise.all([
      mia.conference.request('startPoll', asked),
      mia.conference.request('startPoll', asked),
    ]);
    expect(second.pollId).toBe(first.pollId);
    await expect(mia.conference.request('listPolls', {})).resolves.toMatchObject({ polls: [first] });
  });
});
