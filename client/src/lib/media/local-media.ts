/**
 * This person's own camera and microphone: what they want (on, off, which device) and what there is (a
 * live track, or why not). It owns the tracks: nobody else stops them. One object lives from the
 * pre-join page to the end of the meeting, so that the previewed tracks are the published ones.
 */
import {
  FULL_PROCESSING,
  loadDeviceChoice,
  saveDeviceChoice,
  type DeviceChoice,
  type Processing,
} from './device-choice.ts';
import type { DeviceSource } from './devices.ts';
import { replacementFor, type DeviceNews } from './hot-plug.ts';
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
  speakerId?: string | undefined;
  /** What the browser does to the sound of the microphone. */
  processing: Processing;
  /** A device that came or went, until somebody has read it. */
  news?: DeviceNews | undefined;
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
      processing: this.#choice.processing ?? FULL_PROCESSING,
    };
  }

  /** What the person chose, which may not be plugged in now. */
  get choice(): Readonly<DeviceChoice> {
    return this.#choice;
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
    const wishes = { microphone: this.#preferred('microphone'), camera: this.#preferred('camera') };
    const opened = await openBoth(wishes, this.#state.processing);
    for (const source of missing) this.#settle(source, turns[source], opened[source]);
  }

  /** Stops every track. What the person wants stays, so that `start` brings the same back. */
  release(): void {
    for (const source of ['microphone', 'camera'] as const) {
      this.#stop(source);
      this.#patch(source, { opening: false, track: undefined, problem: undefined });
    }
  }

  /** Stops every track and opens none again before the person turns it on: who only looks has nothing to send. */
  letGo(): void {
    this.release();
    for (const source of ['microphone', 'camera'] as const) this.#patch(source, { on: false });
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
    const { problem } = this.#state[source];
    if (problem) this.#patch(source, { on: true });
    await this.#change(source, deviceId, problem !== undefined);
  }

  /** Uses another device for now, and remembers nothing. One that is not open stays so: nothing turns on by itself. */
  async useDevice(source: DeviceSource, deviceId: string): Promise<void> {
    if (this.#state[source].problem === 'lost') this.#patch(source, { problem: undefined });
    await this.#change(source, deviceId, false);
  }

  /** Opens the microphone anew where it is open: browsers can't change this of a track that runs. */
  async setProcessing(change: Partial<Processing>): Promise<void> {
    const processing = { ...this.#state.processing, ...change };
    this.#remember({ processing });
    this.#set({ ...this.#state, processing });
    const { deviceId } = this.#state.microphone;
    if (deviceId !== undefined) await this.#change('microphone', deviceId, false);
  }

  /** @param evenIfClosed opens it although nothing is open now */
  async #change(source: DeviceSource, deviceId: string, evenIfClosed: boolean): Promise<void> {
    const { track } = this.#state[source];
    this.#patch(source, { deviceId });
    if (!track && !evenIfClosed) return;
    // The present one is stopped first: many phones can't open two cameras. Its track stays in the
    // state until the next is there, so that the published one is replaced and not taken away.
    this.#stop(source);
    await this.#open(source, { exact: deviceId });
  }

  chooseSpeaker(deviceId: string): void {
    this.#remember({ speaker: deviceId });
    this.useSpeaker(deviceId);
  }

  /** Plays on another speaker for now, or on the browser's own, and remembers nothing. */
  useSpeaker(deviceId: string | undefined): void {
    this.#set({ ...this.#state, speakerId: deviceId });
  }

  /** Undefined once it has been read. */
  setNews(news: DeviceNews | undefined): void {
    this.#set({ ...this.#state, news });
  }

  async #open(source: DeviceSource, wish: DeviceWish): Promise<void> {
    const turn = this.#begin(source);
    this.#settle(source, turn, await openTrack(source, wish, this.#state.processing));
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
      track.addEventListener('ended', () => void this.#onEnded(source, track));
      const deviceId = track.getSettings().deviceId ?? this.#state[source].deviceId;
      this.#patch(source, { opening: false, track, deviceId });
    } else {
      this.#patch(source, { opening: false, on: false, track: undefined, problem });
    }
  }

  /** The browser ended the track; `stop()` does not come by here. If it was unplugged, another one takes its place. */
  async #onEnded(source: DeviceSource, track: MediaStreamTrack): Promise<void> {
    const { track: current, deviceId } = this.#state[source];
    if (current !== track) return;
    const turn = ++this.#turns[source];
    const device = await replacementFor(source, deviceId);
    if (turn !== this.#turns[source]) return;
    if (!device) {
      this.#patch(source, { on: false, opening: false, track: undefined, problem: 'lost' });
      return;
    }
    await this.useDevice(source, device.deviceId);
    this.setNews({ kind: 'fellBack', source, device });
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
