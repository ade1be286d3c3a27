/** Camera and microphone: do they open, which are they, does sound arrive. */
import type { DeviceSource } from '../../lib/media/devices.ts';
import type { Opened } from '../../lib/media/open-track.ts';
import { describeProblems } from '../../lib/media/problem-words.ts';
import type { Verdict } from './check.ts';
import type { PictureSize } from './picture.ts';

/** A level, 0 to 1, that is more than the hiss of an open line. */
const HEARD = 0.05;

/** What kept a device from opening; undefined when it is open. */
export function judgeOpened(
  source: DeviceSource,
  { problem }: Opened,
  userAgent: string,
): Verdict | undefined {
  if (!problem) return undefined;
  const [words] = describeProblems({ [source]: problem }, userAgent);
  if (!words) return undefined;
  // “Try again” is a button of other pages.
  const steps = words.steps.filter((step) => !step.includes('“Try again”'));
  const next = [...steps, 'Then check again.'].join(' ');
  return { status: 'wrong', says: `${words.title}.`, next };
}

/** @param peak the highest level while it was listened to, 0 to 1 */
export function judgeMicrophone(label: string, peak: number): Verdict {
  if (peak >= HEARD) return { status: 'good', says: `“${label}” works, and sound arrives.` };
  return {
    status: 'doubtful',
    says: `“${label}” opens, and no sound came from it.`,
    next: 'Speak while the check runs. If that changes nothing, choose another microphone, or look for a mute switch on it.',
  };
}

/** @param picture undefined when none came */
export function judgeCamera(label: string, picture: PictureSize | undefined): Verdict {
  if (picture) {
    return { status: 'good', says: `“${label}” works, with ${picture.width} × ${picture.height} pixels.` };
  }
  return {
    status: 'wrong',
    says: `“${label}” opens, and gives no picture.`,
    next: 'Close other programs that use it, plug it in anew, and check again.',
  };
}
