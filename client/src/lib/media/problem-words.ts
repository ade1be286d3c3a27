import { t } from '../../i18n/i18n.ts';
import type { DeviceSource } from './devices.ts';
import type { MediaProblem } from './media-problem.ts';

export interface ProblemWords {
  /** Whose problem it is: both devices share one when it is the same for both. */
  sources: DeviceSource[];
  title: string;
  body: string;
  /** What to do in this browser, one step a line. */
  steps: string[];
  /** Whether "Try again" can help without reloading the page. */
  retry: boolean;
}

/** Where doing it again changes nothing, because the page itself has to be another one. */
const FINAL: readonly MediaProblem[] = ['insecure', 'unsupported'];

/** What happened to each device, what it means and what to do; one entry when both have the same problem. */
export function describeProblems(
  problems: Partial<Record<DeviceSource, MediaProblem>>,
  userAgent: string,
): ProblemWords[] {
  const { microphone, camera } = problems;
  if (microphone && microphone === camera) {
    return [{ sources: ['microphone', 'camera'], ...describe('both', microphone, userAgent) }];
  }
  return (['microphone', 'camera'] as const).flatMap((source) => {
    const problem = problems[source];
    return problem ? [{ sources: [source], ...describe(source, problem, userAgent) }] : [];
  });
}

function describe(
  whose: DeviceSource | 'both',
  problem: MediaProblem,
  userAgent: string,
): Omit<ProblemWords, 'sources'> {
  const tryAgain = t('common:tryAgain');
  const without = t(`problems:${whose}.without`);
  const yours = t(`problems:${whose}.yours`);
  const it = t(`problems:${whose}.it`);
  const body = t(`problems:body.${problem}`, { yours, it, without, tryAgain });
  return {
    title: t(`problems:${whose}.${problem}`),
    // What was lost a moment ago has said so already.
    body: problem === 'lost' ? body : `${body} ${t('problems:goOnWithout', { without })}`,
    steps: stepsFor(whose, problem, userAgent),
    retry: !FINAL.includes(problem),
  };
}

function stepsFor(whose: DeviceSource | 'both', problem: MediaProblem, userAgent: string): string[] {
  const setting = t(`problems:${whose}.setting`);
  const again = t('problems:steps.again', { tryAgain: t('common:tryAgain') });
  switch (problem) {
    case 'denied':
      return permissionSteps(setting, again, userAgent);
    case 'deniedBySystem':
      return [t('problems:steps.system.find', { setting }), t('problems:steps.system.allow'), again];
    default:
      return [];
  }
}

/** The browser's own way to give a refused permission back, as of its 2025 versions. */
function permissionSteps(setting: string, again: string, userAgent: string): string[] {
  if (/iPhone|iPad/.test(userAgent)) {
    return /CriOS|FxiOS|EdgiOS/.test(userAgent)
      ? [t('problems:steps.iosApp.settings', { setting }), t('problems:steps.iosApp.reload')]
      : [t('problems:steps.iosSafari.menu'), t('problems:steps.iosSafari.allow', { setting }), again];
  }
  if (/Firefox\//.test(userAgent)) {
    return [
      t('problems:steps.firefox.symbol'),
      t('problems:steps.firefox.remove', { setting }),
      t('problems:steps.firefox.again', { tryAgain: t('common:tryAgain') }),
    ];
  }
  if (/Android/.test(userAgent)) {
    return [t('problems:steps.android.symbol'), t('problems:steps.android.turnOn', { setting }), again];
  }
  if (/Safari\//.test(userAgent) && !/Chrome\//.test(userAgent)) {
    return [t('problems:steps.macSafari.menu'), t('problems:steps.macSafari.allow', { setting }), again];
  }
  return [t('problems:steps.chrome.symbol'), t('problems:steps.chrome.turnOn', { setting }), again];
}
