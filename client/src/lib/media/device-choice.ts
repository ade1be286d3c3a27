import { z } from 'zod';
import { browserStore } from '../storage.ts';

const KEY = 'vcallpe.devices';

/** The devices a person chose in this browser, by id. */
const DeviceChoice = z.object({
  microphone: z.string().optional(),
  camera: z.string().optional(),
  speaker: z.string().optional(),
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
