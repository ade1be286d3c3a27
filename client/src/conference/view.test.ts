import { describe, expect, it } from '@jest/globals';
import type { Tile } from '@vcallpe/shared';
import { View } from './view.ts';

const tile = (peerId: string, width = 320): Tile => ({ peerId, source: 'camera', width, height: 180 });

/** A server that answers each view when it is told to. */
function server() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const send = (tiles: readonly Tile[]) => {
    asked.push(tiles.map(({ peerId }) => peerId).join());
    return new Promise<void>((resolve) => answers.push(resolve));
  };
  const answer = async () => {
    answers.shift()?.();
    await new Promise(setImmediate);
  };
  const asks = async (count: number) => {
    while (asked.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return asked;
  };
  return { asked, send, answer, asks };
}

const noError = (error: unknown) => {
  throw error;
};

describe('View', () => {
  it('begins with what is shown, and then tells what came meanwhile', async () => {
    const { asked, send, answer, asks } = server();
    const view = new View(send, noError);
    view.show([tile('a')]);
    const begun = view.begin(send);
    await asks(1);
    view.show([tile('b')]);
    expect(asked).toEqual(['a']);
    await answer();
    await begun;
    expect(await asks(2)).toEqual(['a', 'b']);
  });

  it('begins without a view when nothing is shown', async () => {
    const { send, answer, asks } = server();
    const begun = new View(send, noError).begin(send);
    expect(await asks(1)).toEqual(['']);
    await answer();
    await begun;
  });

  it('has one request under way at most, and the last one wins', async () => {
    const { asked, send, answer, asks } = server();
    const view = new View(send, noError);
    view.show([]);
    void view.begin(async () => undefined);
    await new Promise(setImmediate);
    for (const peerId of ['a', 'b', 'c']) view.show([tile(peerId)]);
    view.show([tile('d')]);
    expect(await asks(1)).toEqual(['d']);
    for (const peerId of ['e', 'f', 'g']) view.show([tile(peerId)]);
    await new Promise(setImmediate);
    expect(asked).toEqual(['d']);
    await answer();
    expect(await asks(2)).toEqual(['d', 'g']);
  });

  it('does not tell again what the server knows', async () => {
    const { send, answer, asks } = server();
    const view = new View(send, noError);
    view.show([tile('a')]);
    void view.begin(async () => undefined);
    await new Promise(setImmediate);
    view.show([tile('a')]);
    view.show([{ ...tile('a'), pinned: false }]);
    view.show([tile('b')]);
    view.show([tile('a')]);
    view.show([tile('a', 640)]);
    expect(await asks(1)).toEqual(['a']);
    view.show([tile('a', 640)]);
    await answer();
    view.show([tile('c')]);
    expect(await asks(2)).toEqual(['a', 'c']);
  });

  it('reports when the server can not be told', async () => {
    const refusal = new Error('no');
    const error = await new Promise((resolve) => {
      const view = new View(() => Promise.reject(refusal), resolve);
      view.show([]);
      void view.begin(async () => undefined).then(() => view.show([tile('a')]));
    });
    expect(error).toBe(refusal);
  });
});
