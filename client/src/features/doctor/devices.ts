/** Camera and microphone: do they open, which are they, does sound arrive. */
import { t } from '../../i18n/i18n.ts';
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
  // "Try again" is a button of other pages.
  const steps = words.steps.filter((step) => !step.includes(t('common:tryAgain')));
  const next = [...steps, t('doctor:thenAgain')].join(' ');
  return { status: 'wrong', says: `${words.title}.`, next };
}

/** @param peak the highest level while it was listened to, 0 to 1 */
export function judgeMicrophone(label: string, peak: number): Verdict {
  if (peak >= HEARD) return { status: 'good', says: t('doctor:microphone.good', { device: label }) };
  return {
    status: 'doubtful',
    says: t('doctor:microphone.silent', { device: label }),
    next: t('doctor:microphone.silentNext'),
  };
}

/** @param picture undefined when none came */
export function judgeCamera(label: string, picture: PictureSize | undefined): Verdict {
  if (picture) {
    const { width, height } = picture;
    return { status: 'good', says: t('doctor:camera.good', { device: label, width, height }) };
  }
  return {
    status: 'wrong',
    says: t('doctor:camera.dark', { device: label }),
    next: t('doctor:camera.darkNext'),
  };
}
