import type { TrackSource } from '@vcallpe/shared';

/** What a device gives. A screen is shared, not opened. */
export type DeviceSource = Exclude<TrackSource, 'screen' | 'screenAudio'>;

/** A device as a menu shows it. */
export interface Device {
  deviceId: string;
  label: string;
}

export interface DeviceList {
  microphones: Device[];
  cameras: Device[];
  /** Empty where the browser can't choose a speaker (no setSinkId). */
  speakers: Device[];
}

export const NO_DEVICES: DeviceList = { microphones: [], cameras: [], speakers: [] };

/**
 * Sorts what enumerateDevices gives into menus. Before permission the browser gives entries without id
 * and name; those can't be chosen and are left out. A device that has an id and no name gets a number.
 */
export function groupDevices(
  infos: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[],
): DeviceList {
  const ofKind = (kind: MediaDeviceKind, fallback: string): Device[] =>
    infos
      .filter((info) => info.kind === kind && info.deviceId !== '')
      .map(({ deviceId, label }, index) => ({ deviceId, label: label || `${fallback} ${index + 1}` }));
  return {
    microphones: ofKind('audioinput', 'Microphone'),
    cameras: ofKind('videoinput', 'Camera'),
    speakers: ofKind('audiooutput', 'Speaker'),
  };
}

/** The devices there are now. Empty where the page may not ask. */
export async function listDevices(): Promise<DeviceList> {
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  if (!mediaDevices) return NO_DEVICES;
  const list = groupDevices(await mediaDevices.enumerateDevices());
  return 'setSinkId' in HTMLMediaElement.prototype ? list : { ...list, speakers: [] };
}
