import { z } from 'zod';
import { browserStore } from '../storage.ts';

const KEY = 'vcallpe.devices';

/** What the browser does to the sound of a microphone. */
const Processing = z.object({
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGainControl: z.boolean(),
});
export type Processing = z.infer<typeof Processing>;

/** All of it, for speech in a room; who plays an instrument turns it off. */
export const FULL_PROCESSING: Processing = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** The devices a person chose in this browser, by id, and how the microphone is processed. */
const DeviceChoice = z.object({
  microphone: z.string().optional(),
  camera: z.string().optional(),
  speaker: z.string().optional(),
  processing: Processing.optional(),
});
export type DeviceChoice = z.infer<typeof DeviceChoice>;

/** What was remembered; nothing, where storage holds something else. */
export function loadDeviceChoice(): DeviceChoice {
  try {
    return DeviceChoice.parse(JSON.parse(browserStore().getItem(KEY) ?? '{}'));
  } catch {
    return {};
  }
}

export function saveDeviceChoice(choice: DeviceChoice): void {
  try {
    browserStore().setItem(KEY, JSON.stringify(choice));
  } catch {
    // Storage is full. The choice then holds for this meeting only.
  }
}
