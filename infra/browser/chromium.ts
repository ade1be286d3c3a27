/** Headless Chromium with a fake camera and, if wanted, a microphone that plays one tone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { writePortrait, type Portrait } from './camera.ts';
import { writeTone } from './tone.ts';

export interface BrowserOptions {
  /** Frequency of the fake microphone, Hz. Without one Chromium's own beep is sent. */
  tone?: number;
  /** Frame rate of the fake camera. Low, because a few encoders share the cores with the servers under test. */
  fps?: number;
  /** A drawn person for the camera, instead of Chromium's green test picture. */
  portrait?: Portrait;
  /** Grant camera and microphone without asking. Off, the permission prompt is refused, as a person may. */
  grantMedia?: boolean;
  /** Title of the tab that is chosen whenever a page asks what to share; its sound is shared with it. */
  sharesTab?: string;
  /** Instead of the one that CHROMIUM_BIN names. */
  program?: string;
  /** Further switches. */
  args?: string[];
}

/** @throws when CHROMIUM_BIN, which the set-up of `npm test` finds, is not set. */
export async function launchChromium({
  tone,
  fps = 5,
  portrait,
  grantMedia = true,
  sharesTab,
  program,
  args: furtherArgs = [],
}: BrowserOptions = {}): Promise<Browser> {
  const executablePath = program ?? process.env['CHROMIUM_BIN'];
  if (!executablePath) throw new Error('CHROMIUM_BIN is not set: run this through `npm test` or `npm run …`');
  const dir = await mkdtemp(join(tmpdir(), 'vcallpe-browser-'));
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    `--use-fake-device-for-media-stream=fps=${fps},device-count=3`,
    // What answers for camera and microphone would answer for the screen too, with a picture of its own.
    grantMedia && sharesTab === undefined ? '--use-fake-ui-for-media-stream' : '--deny-permission-prompts',
    ...(sharesTab === undefined ? [] : [`--auto-select-tab-capture-source-by-title=${sharesTab}`]),
    // Its own background traffic would reach for hosts that a closed network does not have.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
    // A participant that is not in front goes on like one that is.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--ignore-certificate-errors',
    ...furtherArgs,
  ];
  if (tone !== undefined) {
    const file = join(dir, 'tone.wav');
    await writeTone(file, tone);
    args.push(`--use-file-for-fake-audio-capture=${file}`);
  }
  if (portrait) {
    const file = join(dir, 'camera.y4m');
    await writePortrait(file, portrait, fps);
    args.push(`--use-file-for-fake-video-capture=${file}`);
  }
  try {
    // A tab is muted for whom it is shared with as well.
    const ignoreDefaultArgs = sharesTab === undefined ? [] : ['--mute-audio'];
    const browser = await chromium.launch({ executablePath, headless: true, args, ignoreDefaultArgs });
    browser.once('disconnected', () => void rm(dir, { recursive: true, force: true }));
    return browser;
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}
