import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canShareScreen, ScreenShare } from './screen-share.ts';

/** A track of a screen that is not there: Node has none, so the browser's side is stood in for. */
class ScreenTrack extends EventTarget {
  contentHint = '';
  live = true;
  readonly kind: string;

  constructor(kind: string) {
    super();
    this.kind = kind;
  }

  stop(): void {
    this.live = false;
  }

  /** The browser's own "Stop sharing". */
  end(): void {
    this.live = false;
    this.dispatchEvent(new Event('ended'));
  }
}

let given: ScreenTrack[];
let asked: DisplayMediaStreamOptions[];
/** Answers the question of what to share. */
let answer: () => Promise<void>;

beforeEach(() => {
  given = [new ScreenTrack('video'), new ScreenTrack('audio')];
  asked = [];
  answer = async () => {};
  const getDisplayMedia = async (options: DisplayMediaStreamOptions) => {
    asked.push(options);
    await answer();
    const of = (kind: string) => given.filter((track) => track.kind === kind);
    return { getTracks: () => given, getVideoTracks: () => of('video'), getAudioTracks: () => of('audio') };
  };
  Object.defineProperty(navigator, 'mediaDevices', { value: { getDisplayMedia }, configurable: true });
});
afterEach(() => {
  Reflect.deleteProperty(navigator, 'mediaDevices');
});

const refuse = (name: string, message = '') => {
  answer = () => Promise.reject(new DOMException(message, name));
};

describe('ScreenShare', () => {
  it('gives picture and sound, marked for what they are', async () => {
    const share = new ScreenShare();
    await share.start();
    expect(share.getState()).toMatchObject({ choosing: false, video: given[0], sound: given[1] });
    expect(given.map(({ contentHint }) => contentHint)).toEqual(['detail', 'music']);
    expect(asked).toMatchObject([{ audio: { noiseSuppression: false }, video: { frameRate: { max: 15 } } }]);
  });

  it('shares without sound where the browser gives none', async () => {
    given = [new ScreenTrack('video')];
    const share = new ScreenShare();
    await share.start();
    expect(share.getState()).toMatchObject({ video: given[0], sound: undefined });
  });

  it('stops both tracks, and can start again', async () => {
    const share = new ScreenShare();
    await share.start();
    share.stop();
    expect(given.map(({ live }) => live)).toEqual([false, false]);
    expect(share.getState().video).toBeUndefined();
    given = [new ScreenTrack('video')];
    await share.start();
    expect(share.getState().video).toBe(given[0]);
  });

  it('ends with the button of the browser, the sound too', async () => {
    const share = new ScreenShare();
    await share.start();
    given[0]?.end();
    expect(share.getState()).toMatchObject({ choosing: false });
    expect(share.getState().video).toBeUndefined();
    expect(given[1]?.live).toBe(false);
  });

  it('goes on without its sound when that alone ends', async () => {
    const share = new ScreenShare();
    await share.start();
    given[1]?.end();
    expect(share.getState()).toMatchObject({ video: given[0], sound: undefined });
  });

  it('asks once, however often it is clicked', async () => {
    const share = new ScreenShare();
    await Promise.all([share.start(), share.start()]);
    expect(asked).toHaveLength(1);
  });

  it('shares nothing when it was stopped while the question was open', async () => {
    let choose = () => {};
    answer = () => new Promise((resolve) => (choose = resolve));
    const share = new ScreenShare();
    const starting = share.start();
    share.stop();
    choose();
    await starting;
    expect(share.getState().video).toBeUndefined();
    expect(given.map(({ live }) => live)).toEqual([false, false]);
  });

  it.each([
    ['NotAllowedError', 'Permission denied', undefined],
    ['NotAllowedError', 'Permission denied by system', 'blocked'],
    ['NotReadableError', 'Could not start video source', 'failed'],
    ['AbortError', '', undefined],
  ])('takes %s (%s) for %s', async (name, message, problem) => {
    refuse(name, message);
    const share = new ScreenShare();
    await share.start();
    expect(share.getState()).toMatchObject({ choosing: false, problem });
  });

  it('is not offered where the browser has none', () => {
    expect(canShareScreen()).toBe(true);
    Object.defineProperty(navigator, 'mediaDevices', { value: {}, configurable: true });
    expect(canShareScreen()).toBe(false);
  });
});
