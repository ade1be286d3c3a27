import type { Processing } from './device-choice.ts';
import type { DeviceSource } from './devices.ts';
import { problemOf, type MediaProblem } from './media-problem.ts';

/** Either a live track, or the reason why there is none. Opening never throws. */
export type Opened =
  { track: MediaStreamTrack; problem?: undefined } | { track?: undefined; problem: MediaProblem };

/** Which device to open: none, one that is preferred, or exactly this one. */
export type DeviceWish = undefined | { ideal: string } | { exact: string };

const VIDEO: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { max: 30 },
};

function constraints(
  source: DeviceSource,
  deviceId: DeviceWish,
  processing: Processing,
): MediaStreamConstraints {
  return source === 'microphone' ? { audio: { ...processing, deviceId } } : { video: { ...VIDEO, deviceId } };
}

/** What keeps this page from asking for devices at all. */
function obstacle(): MediaProblem | undefined {
  // `mediaDevices` is always there in the types, and is missing where the page is not secure.
  if ((navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia) return undefined;
  return isSecureContext ? 'unsupported' : 'insecure';
}

/** @param processing of a microphone; a camera has none */
export async function openTrack(
  source: DeviceSource,
  deviceId: DeviceWish,
  processing: Processing,
): Promise<Opened> {
  const problem = obstacle();
  if (problem) return { problem };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints(source, deviceId, processing));
    const [track] = stream.getTracks();
    return track ? { track } : { problem: 'missing' };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/**
 * Opens microphone and camera with one question to the person. When that fails, each is tried by
 * itself, so that one bad device does not cost the other; after a refusal only a device that already
 * has permission is tried, so that nobody is asked twice.
 */
export async function openBoth(
  wishes: Record<DeviceSource, DeviceWish>,
  processing: Processing,
): Promise<Record<DeviceSource, Opened>> {
  const problem = obstacle();
  if (problem) return { microphone: { problem }, camera: { problem } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      ...constraints('microphone', wishes.microphone, processing),
      ...constraints('camera', wishes.camera, processing),
    });
    const [microphone] = stream.getAudioTracks();
    const [camera] = stream.getVideoTracks();
    return {
      microphone: microphone ? { track: microphone } : { problem: 'missing' },
      camera: camera ? { track: camera } : { problem: 'missing' },
    };
  } catch (error) {
    const refused = problemOf(error);
    const openAlone = async (source: DeviceSource): Promise<Opened> =>
      refused === 'denied' && !(await isGranted(source))
        ? { problem: refused }
        : openTrack(source, wishes[source], processing);
    return { microphone: await openAlone('microphone'), camera: await openAlone('camera') };
  }
}

async function isGranted(source: DeviceSource): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: source })).state === 'granted';
  } catch {
    // Firefox before 132 and Safari before 16 don't know these permission names.
    return false;
  }
}
