import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LocalMedia } from './local-media.ts';

/** A track of a device that is not there: Node has no cameras, so the browser's side is stood in for. */
class DeviceTrack extends EventTarget {
  enabled = true;
  readyState: MediaStreamTrackState = 'live';
  readonly kind: string;
  readonly deviceId: string;

  constructor(kind: string, deviceId: string) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

type Wish = { deviceId?: { ideal?: string; exact?: string } };
interface Devices {
  asked: MediaStreamConstraints[];
  opened: DeviceTrack[];
  /** The name of the error that opening this kind rejects with. */
  fail: { audio?: string; video?: string };
  granted: string[];
  /** What `enumerateDevices` answers. */
  plugged: { kind: string; deviceId: string; label: string }[];
  /** Answers the question for permission; there from the start unless a test holds it back. */
  answer: Promise<void>;
}
let devices: Devices;

beforeEach(() => {
  devices = { asked: [], opened: [], fail: {}, granted: [], plugged: [], answer: Promise.resolve() };
  const getUserMedia = async (constraints: MediaStreamConstraints) => {
    devices.asked.push(constraints);
    await devices.answer;
    const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind]);
    for (const kind of kinds) if (devices.fail[kind]) throw new DOMException('', devices.fail[kind]);
    const tracks = kinds.map((kind) => {
      const { deviceId } = constraints[kind] as Wish;
      return new DeviceTrack(kind, deviceId?.exact ?? deviceId?.ideal ?? `default-${kind}`);
    });
    devices.opened.push(...tracks);
    const of = (kind: string) => tracks.filter((track) => track.kind === kind);
    return { getTracks: () => tracks, getAudioTracks: () => of('audio'), getVideoTracks: () => of('video') };
  };
  const query = async ({ name }: { name: string }) => ({
    state: devices.granted.includes(name) ? 'granted' : 'prompt',
  });
  Object.defineProperty(navigator, 'mediaDevices', {
    value: { getUserMedia, enumerateDevices: async () => devices.plugged },
    configurable: true,
  });
  // A property of a class of the browser: whether it can choose a speaker.
  Object.defineProperty(globalThis, 'HTMLMediaElement', { value: class {}, configurable: true });
  Object.defineProperty(navigator, 'permissions', { value: { query }, configurable: true });
  const store = new Map<string, string>();
  Object.defineProperty(globalThis, 'localStorage', {
    value: {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => void store.set(key, value),
    },
    configurable: true,
  });
});

afterEach(() => {
  Reflect.deleteProperty(navigator, 'mediaDevices');
  Reflect.deleteProperty(navigator, 'permissions');
  Reflect.deleteProperty(globalThis, 'localStorage');
  Reflect.deleteProperty(globalThis, 'isSecureContext');
  Reflect.deleteProperty(globalThis, 'HTMLMediaElement');
});

/** Resolves when the state is so. */
function when(media: LocalMedia, met: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (met()) resolve();
    };
    media.subscribe(look);
    look();
  });
}

const live = () => devices.opened.filter((track) => track.readyState === 'live');

describe('LocalMedia', () => {
  it('opens microphone and camera with one question', async () => {
    const media = new LocalMedia();
    await media.start();
    expect(devices.asked).toHaveLength(1);
    expect(devices.asked[0]).toMatchObject({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { max: 30 } },
    });
    expect(media.getState().microphone).toMatchObject({
      on: true,
      opening: false,
      deviceId: 'default-audio',
    });
    expect(media.getState().camera.track).toBe(devices.opened[1]);
  });

  it('lets go of both for who only looks, and opens one again when it is turned on', async () => {
    const media = new LocalMedia();
    await media.start();
    media.letGo();
    expect(devices.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
    await media.start();
    expect(devices.opened).toHaveLength(2);
    await media.setOn('microphone', true);
    expect(media.getState().microphone.track).toBe(devices.opened[2]);
    expect(media.getState().camera).toMatchObject({ on: false, track: undefined });
  });

  it('keeps the microphone when the camera is in use', async () => {
    devices.fail.video = 'NotReadableError';
    const media = new LocalMedia();
    await media.start();
    expect(media.getState().camera).toMatchObject({ on: false, problem: 'inUse' });
    expect(media.getState().microphone.track).toBeDefined();
    expect(media.getState().microphone.problem).toBeUndefined();
  });

  it('asks nobody twice after a refusal, but opens what already has permission', async () => {
    devices.fail.video = 'NotAllowedError';
    devices.granted = ['microphone'];
    const media = new LocalMedia();
    await media.start();
    expect(devices.asked.map(({ audio, video }) => [Boolean(audio), Boolean(video)])).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(media.getState().camera.problem).toBe('denied');
    expect(media.getState().microphone.track).toBeDefined();
  });

  it('says so when the page is not secure', async () => {
    Reflect.deleteProperty(navigator, 'mediaDevices');
    Object.defineProperty(globalThis, 'isSecureContext', { value: false, configurable: true });
    const media = new LocalMedia();
    await media.start();
    expect(media.getState().microphone.problem).toBe('insecure');
    expect(media.getState().camera.problem).toBe('insecure');
  });

  it('keeps a muted microphone open and silent, and stops a camera that is off', async () => {
    const media = new LocalMedia();
    await media.start();
    await media.setOn('microphone', false);
    await media.setOn('camera', false);
    const [microphone, camera] = devices.opened;
    expect(microphone).toMatchObject({ enabled: false, readyState: 'live' });
    expect(camera).toMatchObject({ readyState: 'ended' });
    await media.setOn('microphone', true);
    expect(microphone?.enabled).toBe(true);
    expect(devices.asked).toHaveLength(1);
  });

  it('stops a camera that arrives after it was turned off again', async () => {
    let allow = () => {};
    devices.answer = new Promise((resolve) => (allow = resolve));
    const media = new LocalMedia();
    const started = media.start();
    await media.setOn('camera', false);
    allow();
    await started;
    expect(media.getState().camera).toMatchObject({ on: false, opening: false, track: undefined });
    expect(live().map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('changes the device in place, and remembers it for the next meeting', async () => {
    const media = new LocalMedia();
    await media.start();
    const before = media.getState().camera.track;
    const seen: unknown[] = [];
    media.subscribe(() => seen.push(media.getState().camera.track));
    await media.chooseDevice('camera', 'back');
    expect(seen).not.toContain(undefined);
    expect(media.getState().camera.track).not.toBe(before);
    expect(media.getState().camera.deviceId).toBe('back');
    expect(live()).toHaveLength(2);
    expect(new LocalMedia().getState().camera.deviceId).toBe('back');
  });

  it('stays muted when the device changes under a muted microphone', async () => {
    const media = new LocalMedia();
    await media.start();
    await media.setOn('microphone', false);
    await media.chooseDevice('microphone', 'headset');
    expect(media.getState().microphone).toMatchObject({ on: false, deviceId: 'headset' });
    expect(media.getState().microphone.track?.enabled).toBe(false);
  });

  it('says so when the only device is unplugged, and opens what is there when it is turned on again', async () => {
    const media = new LocalMedia();
    await media.start();
    devices.opened[0]?.unplug();
    await when(media, () => media.getState().microphone.problem === 'lost');
    expect(media.getState().microphone).toMatchObject({ on: false, track: undefined });
    await media.setOn('microphone', true);
    expect(media.getState().microphone).toMatchObject({ on: true, problem: undefined });
    expect(live()).toHaveLength(2);
  });

  it('goes on with another device when the one in use is unplugged, still muted if it was', async () => {
    const media = new LocalMedia();
    await media.start();
    await media.setOn('microphone', false);
    devices.plugged = [{ kind: 'audioinput', deviceId: 'built-in', label: 'Built-in' }];
    const tracks: unknown[] = [];
    media.subscribe(() => tracks.push(media.getState().microphone.track));
    devices.opened[0]?.unplug();
    await when(media, () => media.getState().news !== undefined);
    expect(media.getState().news).toMatchObject({ kind: 'fellBack', device: { label: 'Built-in' } });
    expect(media.getState().microphone).toMatchObject({
      on: false,
      deviceId: 'built-in',
      problem: undefined,
    });
    expect(live().find(({ kind }) => kind === 'audio')).toMatchObject({
      deviceId: 'built-in',
      enabled: false,
    });
    // What is sent is replaced, and never taken away in between.
    expect(tracks).not.toContain(undefined);
    expect(media.choice.microphone).toBeUndefined();
  });

  it('changes the processing of an open microphone at once, and remembers it', async () => {
    const media = new LocalMedia();
    await media.start();
    await media.setProcessing({ noiseSuppression: false });
    expect(devices.asked.at(-1)).toMatchObject({
      audio: { noiseSuppression: false, echoCancellation: true, deviceId: { exact: 'default-audio' } },
    });
    expect(live()).toHaveLength(2);
    expect(new LocalMedia().getState().processing).toEqual({
      noiseSuppression: false,
      echoCancellation: true,
      autoGainControl: true,
    });
  });

  it('opens nothing for a setting while the microphone is closed', async () => {
    const media = new LocalMedia();
    await media.setProcessing({ autoGainControl: false });
    await media.useDevice('camera', 'back');
    expect(devices.asked).toEqual([]);
    expect(media.getState().camera.deviceId).toBe('back');
  });

  it('tries a device again after its problem was dismissed', async () => {
    devices.fail.video = 'NotFoundError';
    const media = new LocalMedia();
    await media.start();
    media.dismissProblems();
    expect(media.getState().camera).toMatchObject({ on: false, problem: undefined });
    await media.setOn('camera', true);
    expect(media.getState().camera).toMatchObject({ on: false, problem: 'missing' });
    devices.fail = {};
    await media.retry(['camera']);
    expect(media.getState().camera.track?.readyState).toBe('live');
  });

  it('releases everything and brings the same back', async () => {
    const media = new LocalMedia();
    await media.start();
    await media.setOn('camera', false);
    media.release();
    expect(live()).toHaveLength(0);
    await media.start();
    expect(live().map(({ kind }) => kind)).toEqual(['audio']);
  });
});
