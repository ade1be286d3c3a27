import { describe, expect, it } from '@jest/globals';
import { FirstFrames } from './first-frames.ts';

const LONG_MS = 60_000;

describe('first frames', () => {
  it('are told when the last tile has begun', async () => {
    const frames = new FirstFrames();
    const shown = frames.watch(['a', 'b'], 1_000, LONG_MS);
    frames.began('b', 1_300);
    frames.began('b', 1_400);
    frames.began('a', 1_200);
    expect(await shown).toEqual({ tilesMs: [300, 200], allTilesMs: 300 });
  });

  it('are not waited for when nobody wants them any longer, and are incomplete then', async () => {
    const frames = new FirstFrames();
    const shown = frames.watch(['a', 'b'], 0, LONG_MS);
    frames.began('a', 5);
    frames.forget('b');
    expect(await shown).toEqual({ tilesMs: [5], allTilesMs: undefined });
    expect(await frames.watch([], 0, LONG_MS)).toEqual({ tilesMs: [], allTilesMs: undefined });
  });

  it('are incomplete when the time is up, or when they are closed', async () => {
    const frames = new FirstFrames();
    const late = frames.watch(['a', 'b'], 0, 1);
    frames.began('a', 5);
    expect(await late).toEqual({ tilesMs: [5], allTilesMs: undefined });
    const ended = frames.watch(['a'], 0, LONG_MS);
    frames.close();
    expect(await ended).toEqual({ tilesMs: [], allTilesMs: undefined });
  });
});
