// Finds a Chromium for the browser journeys, or installs Debian's.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Outcome } from './progress.ts';
import { SetupError, step } from './progress.ts';
import type { Settings } from './settings.ts';
import { runTool } from './tool.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_PROGRAMS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findOnPath(name: string, { PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  return PATH.split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function findInstalled(childEnv: NodeJS.ProcessEnv): string | undefined {
  const onPath = NAMES.map((name) => findOnPath(name, childEnv)).find((file) => file !== undefined);
  return onPath ?? MAC_PROGRAMS.find(isExecutable);
}

async function installDebians(childEnv: NodeJS.ProcessEnv): Promise<string> {
  const byHand = 'Install Chromium or Chrome, or set CHROMIUM_BIN to one.';
  if (process.getuid?.() !== 0 || findOnPath('apt-get', childEnv) === undefined) {
    throw new SetupError(
      'The browser tests need Chromium, and there is none here.',
      `${byHand} On Debian: sudo apt-get install chromium`,
    );
  }
  const env = { ...childEnv, DEBIAN_FRONTEND: 'noninteractive' };
  const commands = [['update'], ['install', '-y', '--no-install-recommends', 'chromium']];
  for (const args of commands) {
    const { code, tail } = await runTool('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env,
    });
    if (code !== 0)
      throw new SetupError(`apt-get ${args[0]} failed, so there is no Chromium:\n${tail}`, byHand);
  }
  return '/usr/bin/chromium';
}

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
  return { outcome: 'installed', value: await installDebians(childEnv) };
}

/** The path of a Chromium, for CHROMIUM_BIN. */
export function prepareChromium(settings: ChromiumSettings): Promise<string> {
  return step('Chromium', () => findChromium(settings));
}
