import { useTranslation } from 'react-i18next';
import { useDeviceList } from '../../../hooks/use-device-list.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import type { DeviceSection } from './device-menu.tsx';

/** The devices there are, as the menus beside the buttons of microphone and camera show them. */
export function useDeviceSections(
  media: LocalMedia,
  { microphone, camera, speakerId }: LocalMediaState,
): { sound: DeviceSection[]; picture: DeviceSection[] } {
  const { t } = useTranslation('meeting');
  const { microphones, speakers, cameras } = useDeviceList(microphone.track, camera.track);
  const sound: DeviceSection[] = [
    {
      title: t('devices.microphone'),
      devices: microphones,
      chosen: microphone.deviceId,
      onChoose: (deviceId) => void media.chooseDevice('microphone', deviceId),
    },
  ];
  if (speakers.length > 0) {
    sound.push({
      title: t('devices.speaker'),
      devices: speakers,
      chosen: speakerId ?? speakers[0]?.deviceId,
      onChoose: (deviceId) => media.chooseSpeaker(deviceId),
    });
  }
  const picture: DeviceSection[] = [
    {
      title: t('devices.camera'),
      devices: cameras,
      chosen: camera.deviceId,
      onChoose: (deviceId) => void media.chooseDevice('camera', deviceId),
    },
  ];
  return { sound, picture };
}
