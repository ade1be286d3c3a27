/** A person with a browser of their own, driven by what a person can see: names, labels, buttons. */
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, type BrowserOptions } from './chromium.ts';
import { changedShare, hearTone, seeVideo, type SeenVideo } from './probe.ts';
import { until } from './wait.ts';

export interface ParticipantOptions extends BrowserOptions {
  name: string;
  /** Origin of the service. */
  url: string;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
}

/** How far from its tone a voice may be heard, Hz: two bins of the spectrum. */
const TONE_TOLERANCE = 12;
/** Quieter than this is silence, dBFS. A received tone is around −15, an empty line below −90. */
const SILENCE_DB = -60;

export class Participant {
  readonly name: string;
  readonly url: string;
  readonly page: Page;
  /** Errors of the page: exceptions, console errors, and what the CSP blocked. */
  readonly errors: string[] = [];
  readonly #browser: Browser;

  static async open({
    name,
    url,
    viewport,
    colorScheme,
    ...options
  }: ParticipantOptions): Promise<Participant> {
    const browser = await launchChromium(options);
    // Who shares a tab is asked for camera and microphone, and has said yes.
    const permissions = options.sharesTab === undefined ? undefined : ['camera', 'microphone'];
    return new Participant(
      name,
      url,
      browser,
      await newPage(browser, { viewport, colorScheme, permissions }),
    );
  }

  private constructor(name: string, url: string, browser: Browser, page: Page) {
    this.name = name;
    this.url = url;
    this.page = page;
    this.#browser = browser;
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  /** Someone else at the same browser, with a profile of their own. Closing either closes both. */
  async another(name: string): Promise<Participant> {
    return new Participant(name, this.url, this.#browser, await newPage(this.#browser));
  }

  /** The same person's second tab: their browser remembers them. Closing either closes both. */
  async secondTab(): Promise<Participant> {
    return new Participant(this.name, this.url, this.#browser, await this.page.context().newPage());
  }

  /** Creates an account in the dialog that the landing page opens. */
  async signUp(email: string, password: string): Promise<void> {
    const { page } = this;
    await page.goto(this.url);
    await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Create account', { exact: true }).first().click();
    await dialog.getByLabel('Your name').fill(this.name);
    await dialog.getByLabel('Email').fill(email);
    await dialog.getByLabel('Password', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Create account', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Makes a room and goes to its pre-join page. Returns the link that others use. */
  async createRoom(roomName: string): Promise<string> {
    const { page } = this;
    await page.goto(`${this.url}/rooms`);
    await page.getByRole('button', { name: 'New meeting' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Meeting name').fill(roomName);
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    if (!/\/r\//.test(page.url())) {
      await page
        .getByRole('link', { name: /^Join/ })
        .or(page.getByRole('button', { name: /^Join/ }))
        .first()
        .click();
    }
    await page.waitForURL(/\/r\//);
    return page.url();
  }

  /** Opens a link, gives the name if it is asked for, and joins. Resolves when the meeting is on the screen. */
  async join(link: string): Promise<void> {
    await this.prepareToJoin(link);
    await this.clickJoin();
  }

  async prepareToJoin(link: string): Promise<void> {
    const { page } = this;
    if (page.url() !== link) await page.goto(link);
    await this.joinButton.waitFor();
    const name = page.getByLabel('Your name');
    if (await name.isVisible()) await name.fill(this.name);
    // The camera's own preview is there before one joins.
    await page.waitForFunction(() =>
      [...document.querySelectorAll('video')].some((video) => video.videoWidth > 0),
    );
  }

  async clickJoin(): Promise<void> {
    await this.joinButton.click();
    await this.page.getByRole('button', { name: 'Leave' }).waitFor();
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  tile(name: string): Locator {
    return this.page.getByRole('group', { name, exact: true });
  }

  async waitForTile(name: string, attributes: Record<string, string> = {}): Promise<void> {
    await until(`${this.name} to see the tile of ${name} with ${JSON.stringify(attributes)}`, async () => {
      for (const [key, value] of Object.entries(attributes)) {
        if ((await this.tile(name).getAttribute(key, { timeout: 1_000 })) !== value) return false;
      }
      return (await this.tile(name).count()) === 1;
    });
  }

  async waitForNoTile(name: string): Promise<void> {
    await until(`${this.name} to no longer see ${name}`, async () => (await this.tile(name).count()) === 0);
  }

  /** Resolves when frames of `name` are being decoded and the picture changes. */
  async seesMoving(name: string): Promise<void> {
    let first: SeenVideo | undefined;
    await until(`${this.name} to see ${name} move`, async () => {
      const now = await seeVideo(this.page, name);
      // A new element counts its frames from the start.
      if (!first || (now && now.frames < first.frames)) first = now;
      return first && now && now.frames >= first.frames + 5 && changedShare(first, now) > 0;
    });
  }

  /** Resolves when the strongest frequency that comes from `name` is its tone. */
  async hears(
    name: string,
    hertz: number,
    source: 'microphone' | 'screenAudio' = 'microphone',
  ): Promise<void> {
    await until(`${this.name} to hear ${hertz} Hz from the ${source} of ${name}`, async () => {
      const heard = await hearTone(this.page, name, source);
      return heard && heard.level > SILENCE_DB && Math.abs(heard.hertz - hertz) < TONE_TOLERANCE;
    });
  }

  /** Resolves when nothing is to be heard from `name`, for longer than the pauses of a pulsed tone. */
  async hearsNothingFrom(name: string): Promise<void> {
    let quiet = 0;
    await until(`${this.name} to hear nothing from ${name}`, async () => {
      const heard = await hearTone(this.page, name);
      quiet = heard && heard.level > SILENCE_DB ? 0 : quiet + 1;
      return quiet >= 5;
    });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  private get joinButton(): Locator {
    return this.page.getByRole('button', { name: 'Join', exact: true });
  }
}

async function newPage(
  browser: Browser,
  {
    viewport,
    colorScheme,
    permissions,
  }: Pick<ParticipantOptions, 'viewport' | 'colorScheme'> & { permissions?: string[] | undefined } = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1280, height: 800 },
    // People here look for English words.
    locale: 'en-US',
    colorScheme: colorScheme ?? 'light',
    permissions,
    ignoreHTTPSErrors: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}
