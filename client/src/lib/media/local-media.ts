/**
 * This person's own camera and microphone: what they want (on, off, which device) and what there is (a
 * live track, or why not). It owns the tracks: nobody else stops them. One object lives from the
 * pre-join page to the end of the meeting, so that the previewed tracks are the published ones.
 */
import { loadDeviceChoice, saveDeviceChoice, type DeviceChoice } from './device-choice.ts';
import type { DeviceSource } from './devices.ts';
import type { MediaProblem } from './media-problem.ts';
import { openBoth, openTrack, type DeviceWish, type Opened } from './open-track.ts';

export interface LocalTrackState {
  /** What the person wants: to be heard, to be seen. Becomes false when there is a problem. */
  on: boolean;
  /** The browser is opening the device, or asking the person. */
  opening: boolean;
  /** A muted microphone keeps its track, disabled; a camera that is off has none, so that its light goes out. */
  track?: MediaStreamTrack;
  /** The device in use, or the one that will be. */
  deviceId?: string;
  problem?: MediaProblem;
}

export interface LocalMediaState {
  microphone: LocalTrackState;
  camera: LocalTrackState;
  /** Undefined: whatever the browser plays on by default. */
  speakerId?: string;
}

export class LocalMedia {
  #state: LocalMediaState;
  #choice: DeviceChoice = loadDeviceChoice();
  readonly #listeners = new Set<() => void>();
  /** Raised by each act on a device; an opening that finishes under an older number is thrown away. */
  readonly #turns: Record<DeviceSource, number> = { microphone: 0, camera: 0 };

  constructor() {
    this.#state = {
      microphone: { on: true, opening: false, deviceId: this.#choice.microphone },
      camera: { on: true, opening: false, deviceId: this.#choice.camera },
      speakerId: this.#choice.speaker,
    };
  }

  readonly getState = (): LocalMediaState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Opens what is wanted and not open yet; both together when both are, so that the browser asks once. */
  async start(): Promise<void> {
    const missing = (['microphone', 'camera'] as const).filter((source) => {
      const { on, track } = this.#state[source];
      return on && !track;
    });
    if (missing.length < 2) {
      await Promise.all(missing.map((source) => this.#open(source, this.#preferred(source))));
      return;
    }
    const turns = { microphone: this.#begin('microphone'), camera: this.#begin('camera') };
    const opened = await openBoth({
      microphone: this.#preferred('microphone'),
      camera: this.#preferred('camera'),
    });
    for (const source of missing) this.#settle(source, turns[source], opened[source]);
  }

  /** Stops every track. What the person wants stays, so that `start` brings the same back. */
  release(): void {
    for (const source of ['microphone', 'camera'] as const) {
      this.#stop(source);
      this.#patch(source, { opening: false, track: undefined, problem: undefined });
    }
  }

  /** Turning on what has a problem tries it again. */
  async setOn(source: DeviceSource, on: boolean): Promise<void> {
    const { track } = this.#state[source];
    if (source === 'microphone' && track) {
      track.enabled = on;
      this.#patch(source, { on });
    } else if (on) {
      this.#patch(source, { on });
      await this.#open(source, this.#preferred(source));
    } else {
      this.#stop(source);
      this.#patch(source, { on, opening: false, track: undefined, problem: undefined });
    }
  }

  /** Tries devices that had a problem once more; both with one question. */
  async retry(sources: readonly DeviceSource[]): Promise<void> {
    for (const source of sources) this.#patch(source, { on: true, problem: undefined });
    await this.start();
  }

  /** Takes problems as read. The devices stay off until they are turned on again. */
  dismissProblems(): void {
    for (const source of ['microphone', 'camera'] as const) this.#patch(source, { problem: undefined });
  }

  /** Uses another device, at once if the present one is open, and remembers it for the next meeting. */
  async chooseDevice(source: DeviceSource, deviceId: string): Promise<void> {
    this.#remember({ [source]: deviceId });
    const { track, problem } = this.#state[source];
    this.#patch(source, { deviceId });
    if (!track && !problem) return;
    if (problem) this.#patch(source, { on: true });
    // The present one is stopped first: many phones can't open two cameras. Its track stays in the
    // state until the next is there, so that the published one is replaced and not taken away.
    this.#stop(source);
    await this.#open(source, { exact: deviceId });
  }

  chooseSpeaker(deviceId: string): void {
    this.#remember({ speaker: deviceId });
    this.#set({ ...this.#state, speakerId: deviceId });
  }

  async #open(source: DeviceSource, wish: DeviceWish): Promise<void> {
    const turn = this.#begin(source);
    this.#settle(source, turn, await openTrack(source, wish));
  }

  #begin(source: DeviceSource): number {
    this.#patch(source, { opening: true, problem: undefined });
    return ++this.#turns[source];
  }

  #settle(source: DeviceSource, turn: number, { track, problem }: Opened): void {
    if (turn !== this.#turns[source]) {
      track?.stop();
    } else if (track) {
      if (source === 'microphone') track.enabled = this.#state.microphone.on;
      track.addEventListener('ended', () => this.#onEnded(source, track));
      const deviceId = track.getSettings().deviceId ?? this.#state[source].deviceId;
      this.#patch(source, { opening: false, track, deviceId });
    } else {
      this.#patch(source, { opening: false, on: false, track: undefined, problem });
    }
  }

  /** The browser ended the track; `stop()` does not come by here. */
  #onEnded(source: DeviceSource, track: MediaStreamTrack): void {
    if (this.#state[source].track !== track) return;
    this.#turns[source]++;
    this.#patch(source, { on: false, opening: false, track: undefined, problem: 'lost' });
  }

  #stop(source: DeviceSource): void {
    this.#turns[source]++;
    this.#state[source].track?.stop();
  }

  #preferred(source: DeviceSource): DeviceWish {
    const { deviceId } = this.#state[source];
    return deviceId === undefined ? undefined : { ideal: deviceId };
  }

  #remember(change: DeviceChoice): void {
    this.#choice = { ...this.#choice, ...change };
    saveDeviceChoice(this.#choice);
  }

  #patch(source: DeviceSource, change: Partial<LocalTrackState>): void {
    this.#set({ ...this.#state, [source]: { ...this.#state[source], ...change } });
  }

  #set(state: LocalMediaState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
