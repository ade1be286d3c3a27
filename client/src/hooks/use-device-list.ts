import { useEffect, useState } from 'react';
import { listDevices, NO_DEVICES, type DeviceList } from '../lib/media/devices.ts';

/**
 * The devices there are, kept up to date. Browsers name them only once one has been opened, so the list
 * is read again whenever one of `openedTracks` changes.
 */
export function useDeviceList(...openedTracks: readonly (MediaStreamTrack | undefined)[]): DeviceList {
  const [list, setList] = useState(NO_DEVICES);
  const [microphone, camera] = openedTracks;
  useEffect(() => {
    let current = true;
    const read = () =>
      void listDevices().then(
        (devices) => current && setList(devices),
        // Refused by a policy: the menus then offer nothing to choose.
        () => current && setList(NO_DEVICES),
      );
    const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
    read();
    mediaDevices?.addEventListener('devicechange', read);
    return () => {
      current = false;
      mediaDevices?.removeEventListener('devicechange', read);
    };
  }, [microphone, camera]);
  return list;
}
