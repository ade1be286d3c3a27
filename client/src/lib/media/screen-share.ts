/**
 * What this person shares: a screen, a window or a tab, with its sound where the browser gives it. It owns the tracks, so a
 * share outlives every reconnection, and ends when it is stopped here or by the browser's own "Stop sharing".
 */

/** Sharpness counts, movement less: `encodings.ts` sends so many frames a second, and this many pixels of text stay legible. */
const VIDEO: MediaTrackConstraints = {
  frameRate: { max: 15 },
  width: { max: 2560 },
  height: { max: 1600 },
};

/** What is shared is music and film rather than a voice: nothing may be taken out of it. */
const AUDIO: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

/** Chromium's own wishes, which other browsers pass over. */
interface ShareOptions extends DisplayMediaStreamOptions {
  /** Offer the sound of the whole system too. */
  systemAudio?: 'include' | 'exclude';
  /** Let the person change to another tab without a new share. */
  surfaceSwitching?: 'include' | 'exclude';
}
const OPTIONS: ShareOptions = {
  video: VIDEO,
  audio: AUDIO,
  systemAudio: 'include',
  surfaceSwitching: 'include',
};

export type ShareProblem =
  /** The browser or the system does not let this page see the screen. A person who cancels the choice is no problem. */
  'blocked' | 'failed';

export interface ScreenShareState {
  /** The browser is asking what to share. */
  choosing: boolean;
  video?: MediaStreamTrack | undefined;
  sound?: MediaStreamTrack | undefined;
  problem?: ShareProblem | undefined;
}

/** Phones can't share their screen from a browser. */
export function canShareScreen(): boolean {
  const mediaDevices = navigator.mediaDevices as Partial<MediaDevices> | undefined;
  return typeof mediaDevices?.getDisplayMedia === 'function';
}

export class ScreenShare {
  #state: ScreenShareState = { choosing: false };
  readonly #listeners = new Set<() => void>();

  readonly getState = (): ScreenShareState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Has the person choose, from a click. What goes wrong is in the state; nothing is thrown. */
  async start(): Promise<void> {
    if (this.#state.choosing || this.#state.video) return;
    const choosing: ScreenShareState = { choosing: true };
    this.#set(choosing);
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getDisplayMedia(OPTIONS);
    } catch (error) {
      if (this.#state === choosing) this.#set({ choosing: false, problem: problemOf(error) });
      return;
    }
    const [video] = stream.getVideoTracks();
    const [sound] = stream.getAudioTracks();
    // The meeting may have ended while the question was open.
    if (this.#state !== choosing || !video) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    video.contentHint = 'detail';
    if (sound) sound.contentHint = 'music';
    video.addEventListener('ended', () => {
      if (this.#state.video === video) this.stop();
    });
    // The sound alone may end, when another tab is chosen that gives none.
    sound?.addEventListener('ended', () => {
      if (this.#state.sound === sound) this.#set({ ...this.#state, sound: undefined });
    });
    this.#set({ choosing: false, video, sound });
  }

  /** Idempotent. */
  stop(): void {
    const { choosing, video, sound } = this.#state;
    if (!choosing && !video) return;
    this.#set({ choosing: false });
    video?.stop();
    sound?.stop();
  }

  dismissProblem(): void {
    this.#set({ ...this.#state, problem: undefined });
  }

  #set(state: ScreenShareState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Chromium and Firefox name a cancelled choice and a refusal alike, and tell them apart in their messages only. */
function problemOf(error: unknown): ShareProblem | undefined {
  if (!(error instanceof DOMException)) return 'failed';
  if (error.name === 'AbortError') return undefined;
  if (error.name !== 'NotAllowedError') return 'failed';
  return /system|policy/i.test(error.message) ? 'blocked' : undefined;
}
