/**
 * A thousand messages from five people while their sockets are cut and both servers are restarted: everything that was
 * acknowledged is there once, in one order, at everyone, and each person's own in the order in which they were written.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Chat } from '../../client/src/conference/chat.ts';
import type { Conference } from '../../client/src/conference/conference.ts';
import { until } from '../browser/wait.ts';
import { startCutProxy, type CutProxy } from './cut-proxy.ts';
import { grantsOf } from './same-guest.ts';
import { startStack, type Account, type Stack } from './stack.ts';

const SENDERS = 5;
const EACH = 200;
const ALL = SENDERS * EACH;

interface Sender {
  name: string;
  wire: CutProxy;
  conference: Conference;
  chat: Chat;
  /** Acknowledged: no longer on its way, and not failed. */
  acknowledged: () => number;
}

let stack: Stack;
let owner: Account;
const wires: CutProxy[] = [];
const chats: Chat[] = [];

beforeAll(async () => {
  stack = await startStack();
  owner = await stack.account('Owner');
});
afterAll(async () => {
  for (const chat of chats) chat.close();
  await stack?.close();
  await Promise.all(wires.map((wire) => wire.close()));
});

async function enter(code: string, who: Account | string, name: string): Promise<Sender> {
  const wire = await startCutProxy(stack.sfu.url);
  wires.push(wire);
  const conference = await stack.enter(code, who, { getGrant: grantsOf(stack, code, who, wire.url) });
  const chat = new Chat(conference);
  chats.push(chat);
  return { name, wire, conference, chat, acknowledged: () => sent(chat, name).length };
}

const sent = (chat: Chat, name: string) =>
  chat
    .getState()
    .messages.map(({ text }) => text)
    .filter((text) => text.startsWith(`${name} `));
const wordsOf = (chat: Chat) => chat.getState().messages.map(({ seq, text }) => `${seq}: ${text}`);

describe('a thousand messages through cuts and restarts', () => {
  it('are there once, in order, at everyone', async () => {
    const room = await owner.createRoom('Storm');
    const people = await Promise.all(
      Array.from({ length: SENDERS }, (_, index) =>
        enter(room.code, index === 0 ? owner : `Guest ${index}`, `P${index}`),
      ),
    );
    const total = () => people.reduce((sum, { acknowledged }) => sum + acknowledged(), 0);
    const reach = (share: number) =>
      until(`${share * 100} % to be acknowledged`, () => total() >= ALL * share, { withinMs: 60_000 });
    const cut = async ({ wire, conference }: Sender) => {
      // Who is still on the way back from a restart has no socket to lose.
      await until('it to be in', () => {
        const { status, recovery } = conference.getState();
        return status === 'joined' && recovery === undefined;
      });
      wire.cut();
      await until('the cut to be noticed', () => conference.getState().recovery === 'signaling');
      wire.mend();
    };

    for (const { chat, name } of people) {
      for (let number = 0; number < EACH; number += 1) chat.send({ text: `${name} ${number}` });
    }
    await reach(0.1);
    await Promise.all(people.slice(0, 2).map(cut));
    await reach(0.3);
    await stack.restartSfu();
    await reach(0.5);
    await Promise.all([stack.restartApi(), ...people.slice(2).map(cut)]);
    await reach(0.7);
    await Promise.all([stack.restartSfu(), stack.restartApi()]);
    await reach(1);
    await until('everyone to have all', () =>
      people.every(({ chat }) => chat.getState().messages.length >= ALL),
    );

    const [first] = people;
    const words = first ? wordsOf(first.chat) : [];
    expect(new Set(words).size).toBe(ALL);
    for (const { chat } of people) {
      expect(wordsOf(chat)).toEqual(words);
      expect(chat.getState().pending).toEqual([]);
      for (const { name } of people) {
        expect(sent(chat, name)).toEqual(Array.from({ length: EACH }, (_, number) => `${name} ${number}`));
      }
    }

    // Who comes afterwards finds the same.
    const late = await enter(room.code, 'Late', 'Late');
    await until('the history', () => late.chat.getState().loading === undefined);
    while (late.chat.getState().earlier) await late.chat.loadEarlier();
    expect(wordsOf(late.chat)).toEqual(words);
  }, 120_000);
});
