/** A participant at home: a browser of their own in the namespace of their machine, which the lab watches. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { Participant } from '../browser/participant.ts';
import { describePage, keepRequests } from './describe-page.ts';
import type { Home } from './home.ts';
import type { Sample } from './sample.ts';
import { writeTestCamera, type CameraPicture } from './test-camera.ts';
import { watchPage } from './watch-page.ts';

const SAMPLE_EVERY_MS = 100;

/** Small, because all browsers and the service share the cores of one machine. */
const CAMERA: CameraPicture = { width: 320, height: 192, fps: 10, unrest: 0.05 };

export interface PersonOptions {
  name: string;
  home: Home;
  url: string;
  /** Frequency of the voice, Hz. */
  tone: number;
  camera?: CameraPicture;
  /** Of the TURN server, see Turn. */
  turnKeyHash: string;
  /** For files of the browser. */
  dir: string;
}

export class Person {
  readonly name: string;
  readonly participant: Participant;
  readonly #home: Home;
  readonly #dir: string;
  readonly #requests: readonly Request[];
  #gone = false;

  static async open({
    name,
    home,
    url,
    tone,
    camera = CAMERA,
    turnKeyHash,
    dir,
  }: PersonOptions): Promise<Person> {
    const files = await mkdtemp(join(dir, `${home.name}-`));
    const cameraFile = join(files, 'camera.y4m');
    await writeTestCamera(cameraFile, camera);
    const participant = await Participant.open({
      name,
      url,
      tone,
      fps: camera.fps,
      program: await writeLauncher(home, files),
      args: [
        `--use-file-for-fake-video-capture=${cameraFile}`,
        `--ignore-certificate-errors-spki-list=${turnKeyHash}`,
      ],
    });
    await watch(participant.page);
    return new Person(name, participant, home, files);
  }

  private constructor(name: string, participant: Participant, home: Home, dir: string) {
    this.name = name;
    this.participant = participant;
    this.#home = home;
    this.#dir = dir;
    this.#requests = keepRequests(participant.page);
  }

  get page(): Page {
    return this.participant.page;
  }

  /** What has been seen so far; nothing when the browser is gone. */
  async samples(): Promise<Sample[]> {
    if (this.#gone) return [];
    return (await this.page.evaluate(() => window.labSamples)) ?? [];
  }

  async paths(): Promise<readonly string[]> {
    return (await this.page.evaluate(() => window.labSamples?.at(-1)?.paths)) ?? [];
  }

  /** What they have before them, for the story. */
  describe(): Promise<string> {
    return describePage(this.participant, this.#requests);
  }

  /** The browser ends without a word, as by `kill -9` or a flat battery. */
  kill(): void {
    this.#gone = true;
    this.#home.client.kill();
  }

  /** Someone else who uses the same browser, with a profile of their own. They go when it is closed. */
  async another(name: string): Promise<Person> {
    const participant = await this.participant.another(name);
    await watch(participant.page);
    return new Person(name, participant, this.#home, this.#dir);
  }

  async close(): Promise<void> {
    this.#gone = true;
    await this.participant.close();
    await rm(this.#dir, { recursive: true, force: true });
  }
}

async function watch(target: Page): Promise<void> {
  await target.addInitScript(watchPage, SAMPLE_EVERY_MS);
}

/** A program for Playwright, which talks to the browser through pipes and so needs no network to it. */
async function writeLauncher({ client }: Home, dir: string): Promise<string> {
  const chromium = process.env['CHROMIUM_BIN'];
  if (!chromium) throw new Error('CHROMIUM_BIN is not set: run this through `npm run lab` or `npm test`');
  const file = join(dir, 'chromium');
  await writeFile(file, `#!/bin/sh\nexec ip netns exec ${client.name} '${chromium}' "$@"\n`);
  await chmod(file, 0o700);
  return file;
}
