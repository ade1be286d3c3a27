/**
 * Devices that come and go during a call. What vanishes is replaced by another, what somebody had chosen is used again when
 * it is back, and what is new is offered; each with a word.
 */
import type { DeviceChoice } from './device-choice.ts';
import { listDevices, NO_DEVICES, type Device, type DeviceList, type DeviceSource } from './devices.ts';
import type { LocalMedia } from './local-media.ts';

export type PluggedSource = DeviceSource | 'speaker';

export interface DeviceNews {
  kind:
    /** The one in use was unplugged; `device` is used instead. */
    | 'fellBack'
    /** The one that was chosen is there again, and used. */
    | 'cameBack'
    /** There is another one, which may be used. */
    | 'offered';
  source: PluggedSource;
  device: Device;
}

const LISTS = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers' } as const;
const SOURCES = ['microphone', 'camera', 'speaker'] as const;
/** Chromium's names for whatever the system uses: they are never plugged in. */
const ALIASES: ReadonlySet<string> = new Set(['default', 'communications']);

/**
 * What is to be done after devices came or went.
 *
 * @param inUse by source; undefined where the browser decides
 */
export function plugNews(
  before: DeviceList,
  after: DeviceList,
  inUse: Partial<Record<PluggedSource, string | undefined>>,
  choice: DeviceChoice,
): DeviceNews[] {
  return SOURCES.flatMap((source): DeviceNews[] => {
    const devices = after[LISTS[source]];
    const known = before[LISTS[source]];
    const used = inUse[source];
    const find = (id: string | undefined) => devices.find(({ deviceId }) => deviceId === id);
    const chosen = find(choice[source]);
    if (chosen && used !== chosen.deviceId) return [{ kind: 'cameBack', source, device: chosen }];
    const [first] = devices;
    if (used !== undefined && first && !find(used)) return [{ kind: 'fellBack', source, device: first }];
    // Before permission the list is empty, and then everything would be new.
    if (known.length === 0) return [];
    const isNew = ({ deviceId }: Device) =>
      !ALIASES.has(deviceId) && !known.some((device) => device.deviceId === deviceId);
    const device = devices.find(isNew);
    return device ? [{ kind: 'offered', source, device }] : [];
  });
}

/** Another device of the kind, when this one is no longer plugged in. */
export async function replacementFor(
  source: DeviceSource,
  deviceId: string | undefined,
): Promise<Device | undefined> {
  const devices = (await listDevices().catch(() => NO_DEVICES))[LISTS[source]];
  if (devices.some((device) => device.deviceId === deviceId)) return undefined;
  return devices[0];
}

/** Follows what is plugged in, until the returned function is called. */
export function watchDevices(media: LocalMedia): () => void {
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  let known = NO_DEVICES;
  let stopped = false;
  const read = async () => {
    const after = await listDevices().catch(() => undefined);
    const before = known;
    if (after) known = after;
    return { before, after };
  };
  const onChange = async () => {
    const { before, after } = await read();
    if (!after || stopped) return;
    const { microphone, camera, speakerId } = media.getState();
    const inUse = { microphone: microphone.deviceId, camera: camera.deviceId, speaker: speakerId };
    for (const news of plugNews(before, after, inUse, media.choice)) await follow(media, news);
  };
  // Devices have names and ids only once one of them has been opened.
  let opened: unknown;
  const onState = () => {
    const { microphone, camera } = media.getState();
    const track = camera.track ?? microphone.track;
    if (!track || track === opened) return;
    opened = track;
    void read();
  };
  const unsubscribe = media.subscribe(onState);
  onState();
  const listener = () => void onChange();
  mediaDevices?.addEventListener('devicechange', listener);
  return () => {
    stopped = true;
    unsubscribe();
    mediaDevices?.removeEventListener('devicechange', listener);
  };
}

async function follow(media: LocalMedia, news: DeviceNews): Promise<void> {
  const { kind, source, device } = news;
  if (kind !== 'offered') {
    if (source === 'speaker') media.useSpeaker(device.deviceId);
    else await media.useDevice(source, device.deviceId);
  }
  media.setNews(news);
}
