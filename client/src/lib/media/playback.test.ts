import { describe, expect, it } from '@jest/globals';
import { Playback } from './playback.ts';

/** An element of a browser that refuses to play until there was a click. */
function elementOf(browser: { clicked: boolean }, refusal = 'NotAllowedError') {
  const play = async () => {
    if (!browser.clicked) throw new DOMException('', refusal);
  };
  return { play, isConnected: true } as unknown as HTMLMediaElement;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Playback', () => {
  it('plays everything that was refused after one click', async () => {
    const browser = { clicked: false };
    const playback = new Playback();
    playback.start(elementOf(browser));
    playback.start(elementOf(browser));
    await settled();
    expect(playback.isRefused()).toBe(true);
    browser.clicked = true;
    playback.startRefused();
    await settled();
    expect(playback.isRefused()).toBe(false);
  });

  it('forgets an element that goes away, and says so once', async () => {
    const playback = new Playback();
    let changes = 0;
    playback.subscribe(() => (changes += 1));
    const stop = playback.start(elementOf({ clicked: false }));
    await settled();
    stop();
    stop();
    expect(playback.isRefused()).toBe(false);
    expect(changes).toBe(2);
  });

  it('does not take a track that was replaced for a refusal', async () => {
    const playback = new Playback();
    playback.start(elementOf({ clicked: false }, 'AbortError'));
    await settled();
    expect(playback.isRefused()).toBe(false);
  });
});
