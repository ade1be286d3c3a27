// Finds a Chromium for the browser journeys, or installs Debian's.
import { installPackage } from './apt.ts';
import { findOnPath, isExecutable } from './on-path.ts';
import type { Outcome } from './progress.ts';
import { SetupError, step } from './progress.ts';
import type { Settings } from './settings.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_PROGRAMS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function findInstalled(childEnv: NodeJS.ProcessEnv): string | undefined {
  const onPath = NAMES.map((name) => findOnPath(name, childEnv)).find((file) => file !== undefined);
  return onPath ?? MAC_PROGRAMS.find(isExecutable);
}

const WANTED = {
  name: 'chromium',
  need: 'The browser tests need Chromium',
  remedy: 'Install Chromium or Chrome, or set CHROMIUM_BIN to one. On Debian: sudo apt-get install chromium',
};

export type ChromiumSettings = Pick<Settings, 'chromiumBin' | 'childEnv'>;

/**
 * Finds a Chromium, or installs Debian's, which takes root.
 * @throws SetupError when there is none and none can be installed.
 */
export async function findChromium({ chromiumBin, childEnv }: ChromiumSettings): Promise<Outcome<string>> {
  if (chromiumBin !== undefined) {
    if (isExecutable(chromiumBin)) return { outcome: 'from CHROMIUM_BIN', value: chromiumBin };
    throw new SetupError(
      `CHROMIUM_BIN is ${chromiumBin}, which is no program.`,
      'Correct CHROMIUM_BIN, or unset it.',
    );
  }
  const installed = findInstalled(childEnv);
  if (installed !== undefined) return { outcome: 'installed already', value: installed };
  await installPackage(WANTED, childEnv);
  return { outcome: 'installed', value: '/usr/bin/chromium' };
}

/** The path of a Chromium, for CHROMIUM_BIN. */
export function prepareChromium(settings: ChromiumSettings): Promise<string> {
  return step('Chromium', () => findChromium(settings));
}
