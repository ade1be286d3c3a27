/** The browser's half, /doctor, in a real browser against the running product. */
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { BrowserOptions } from '../browser/chromium.ts';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { startService, type Service } from '../e2e/service.ts';
import { freePort } from '../e2e/free-ports.ts';

const DONE_WITHIN_MS = 60_000;

let service: Service;
let silentUrl: string;
beforeAll(async () => {
  silentUrl = `turn:127.0.0.1:${await freePort()}?transport=tcp`;
  const silent = { urls: silentUrl, username: 'mia', credential: 'does not matter' };
  service = await startService({ ICE_SERVERS: JSON.stringify([silent]) });
}, 600_000);
afterAll(() => service?.stop());

let mia: Participant | undefined;
afterEach(async () => {
  await mia?.close();
  mia = undefined;
});

/** The line of each check, by its title, with the name of its mark. */
async function runCheck(options: BrowserOptions): Promise<Record<string, string>> {
  mia = await Participant.open({ name: 'Mia Okafor', url: service.url, ...options });
  const { page } = mia;
  await mia.signUp(`mia-${Date.now()}@example.org`, 'correct horse battery');
  await mia.createRoom('Weekly planning');
  await page.goto(`${service.url}/doctor`);
  // The account's newest meeting is there already. By the keyboard alone:
  const field = page.getByLabel('Code or link of a meeting');
  await until('the meeting to be suggested', () => field.inputValue());
  await field.press('Enter');
  await page.getByRole('button', { name: 'Copy report' }).waitFor({ timeout: DONE_WITHIN_MS });
  const rows = await page.getByRole('list', { name: 'Checks' }).getByRole('listitem').all();
  const lines = rows.map(async (row) => {
    const title = await row.getByRole('heading').innerText();
    const mark = await row.getByRole('img').first().getAttribute('aria-label');
    return [title, `${mark}: ${(await row.innerText()).replaceAll(/\s+/g, ' ')}`] as const;
  });
  return Object.fromEntries(await Promise.all(lines));
}

jest.setTimeout(180_000);

describe('/doctor', () => {
  it('finds devices, the way to the media server and its quality, and a relay that is away', async () => {
    const lines = await runCheck({ tone: 440 });
    expect(lines['Browser']).toMatch(/^Good/);
    expect(lines['Microphone']).toMatch(/^Good: .*sound arrives/);
    expect(lines['Camera']).toMatch(/^Good: .*\d+ × \d+ pixels/);
    expect(lines['VCallPe']).toMatch(/^Good: .*Weekly planning/);
    expect(lines['Way to the media server']).toMatch(/^Good: .*Directly, over UDP, to 127\.0\.0\.1:\d+/);
    expect(lines['Connection']).toMatch(/Round trip \d+ ms, \d+\.\d % of \d+ packets lost/);
    expect(lines['Ways through firewalls']).toContain(`${silentUrl} did not answer`);
    expect(lines['Ways through firewalls']).toMatch(/^Wrong/);
    expect(mia?.errors).toEqual([]);
  });

  it('says what to do about devices that are blocked, and goes on', async () => {
    const lines = await runCheck({ grantMedia: false });
    for (const device of ['Microphone', 'Camera'])
      expect(lines[device]).toMatch(/^Wrong: .* is blocked\. .*address/);
    expect(lines['Way to the media server']).toMatch(/^Good/);
  });
});
