import type { DeviceSource } from '../../lib/media/devices.ts';
import type { LocalMedia } from '../../lib/media/local-media.ts';

/** Pressed with Ctrl or Command: the letters that people know from other services. */
export const SHORTCUTS: Record<DeviceSource, string> = { microphone: 'd', camera: 'e' };

/** Turns a device on when it is off, and off when it is on. */
export function toggle(media: LocalMedia, source: DeviceSource): void {
  void media.setOn(source, !media.getState()[source].on);
}

export function mediaShortcuts(media: LocalMedia): Record<string, () => void> {
  return {
    [SHORTCUTS.microphone]: () => toggle(media, 'microphone'),
    [SHORTCUTS.camera]: () => toggle(media, 'camera'),
  };
}

/** The same by a single letter. */
export function mediaKeys(media: LocalMedia): Record<string, () => void> {
  return { m: () => toggle(media, 'microphone'), v: () => toggle(media, 'camera') };
}
