/** The panel of the connection's quality against what the browser itself knows, over UDP and, where that is blocked, TCP. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { startService, type Service } from './service.ts';

let service: Service;
let mia: Participant;
let ben: Participant;
let link: string;

beforeAll(async () => {
  service = await startService();
  [mia, ben] = await Promise.all([
    Participant.open({ name: 'Mia', url: service.url, tone: 500 }),
    Participant.open({ name: 'Ben', url: service.url, tone: 880 }),
  ]);
  await mia.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await mia.signUp('mia@example.org', 'correct horse battery');
  link = await mia.createRoom('How is the line?');
  await mia.join(link);
  await ben.join(link);
  await Promise.all([mia.seesMoving('Ben'), ben.seesMoving('Mia')]);
}, 900_000);

afterAll(async () => {
  await Promise.all([mia, ben].map((person) => person?.close()));
  await service?.stop();
}, 60_000);

async function openPanel({ page }: Participant): Promise<Locator> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Connection quality' }).click();
  return page.getByRole('complementary', { name: 'Connection quality' });
}

/** What the panel says under this label. */
const figure = async (panel: Locator, label: string) =>
  (await panel.locator('dt', { hasText: label }).locator('+ dd').textContent()) ?? '';

const stream = async (panel: Locator, list: string, name: string) =>
  (await panel
    .getByRole('list', { name: list })
    .getByRole('listitem')
    .filter({ hasText: name })
    .textContent()) ?? '';

const number = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? NaN);

/** The picture of Ben as Mia's page has it. */
const pictureOfBen = () =>
  mia.page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('[role="group"][aria-label="Ben"] video');
    return video ? `${video.videoWidth}×${video.videoHeight}` : undefined;
  });

describe('the panel', () => {
  it('tells the path, the figures and the streams as they are', async () => {
    const panel = await openPanel(mia);
    await until('the path', async () => (await figure(panel, 'Path')) === 'UDP');
    expect(number(await figure(panel, 'Round trip'), /^(\d+) ms$/)).toBeLessThan(1_000);
    await until('a received bitrate', async () => /\d [kM]bit\/s$/.test(await figure(panel, 'Receiving')));
    await until('loss as the server has reported it', async () =>
      /^\d+\.\d%$/.test(await figure(panel, 'Lost on the way out')),
    );
    // The same size as the element that shows it, though the layer may be on its way to another one.
    await until('the picture of Ben', async () => {
      const text = await stream(panel, 'What you receive', 'Ben · Camera');
      return text.includes(`${await pictureOfBen()} · `) && /VP8 · layer \d of 3/.test(text);
    });
    // His camera makes 5; after a pause several may come at once.
    await until('the frames of his camera', async () => {
      const fps = number(await stream(panel, 'What you receive', 'Ben · Camera'), /(\d+) fps/);
      return (fps > 0 && fps < 10) || Promise.reject(new Error(`${fps} fps`));
    });
    await until('the own camera', async () =>
      /\d+×\d+ · \d+ fps · .*bit\/s · VP8 · \d of 3 layers/.test(
        await stream(panel, 'What you send', 'Camera'),
      ),
    );
    expect(await stream(panel, 'What you receive', 'Ben · Microphone')).toContain('Opus');
  }, 120_000);

  it('follows what changes, in words and in curves', async () => {
    const panel = mia.page.getByRole('complementary', { name: 'Connection quality' });
    const curve = panel.getByRole('img', { name: /^Bitrate over the last two minutes/ });
    const before = await curve.getAttribute('aria-label');
    await until('another curve', async () => (await curve.getAttribute('aria-label')) !== before);
    expect(await curve.locator('canvas').count()).toBe(1);

    await mia.press('Mute');
    await panel.getByText('Paused: you are muted.').waitFor();
    await mia.press('Unmute');
    await panel.getByText('Paused: you are muted.').waitFor({ state: 'detached' });

    await ben.press('Turn camera off');
    await until('no camera of Ben', async () => (await panel.getByText('Ben · Camera').count()) === 0);
    await ben.press('Turn camera on');
    await panel.getByText('Ben · Camera').waitFor();
    // Nobody has Mia's picture on the screen.
    await ben.press('More');
    await ben.page.getByRole('menuitem', { name: 'Audio only' }).click();
    await panel.getByText('Paused: nobody has your picture on the screen.').waitFor();
    await ben.page.getByRole('button', { name: 'Show videos' }).click();
    await panel.getByText('Paused: nobody has your picture on the screen.').waitFor({ state: 'detached' });
    // Audio only has turned his camera off.
    await ben.press('Turn camera on');
    await mia.seesMoving('Ben');
  }, 120_000);

  it('copies all of it, without names', async () => {
    await mia.press('Copy diagnostics');
    await mia.page.getByText('Diagnostics copied.').first().waitFor();
    const text = await mia.page.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain('Path: UDP');
    const report = JSON.parse(text.slice(text.indexOf('{')));
    expect(report.now.send.path).toMatchObject({ carrier: 'udp', relayed: false });
    expect(report.now.send.path.rttMs).toBeGreaterThanOrEqual(0);
    expect(report.lastTwoMinutes.receivedBps.max).toBeGreaterThan(10_000);
    const camera = report.now.received.find(({ source }: { source: string }) => source === 'camera');
    expect(camera).toMatchObject({ codec: 'VP8', layers: 3 });
    expect(report.userAgent).toContain('Chrome');
    for (const name of ['Mia', 'Ben', 'How is the line?', link.split('/').at(-1)])
      expect(text).not.toContain(name);
  }, 60_000);

  it('shows the text where the browser keeps the clipboard to itself', async () => {
    const panel = await openPanel(ben);
    await ben.page.evaluate(() =>
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }),
    );
    await panel.getByRole('button', { name: 'Copy diagnostics' }).click();
    await panel.getByText('Copy this text yourself').waitFor();
    expect(await panel.getByLabel('Diagnostics', { exact: true }).inputValue()).toContain('"lastTwoMinutes"');
  }, 60_000);
});

describe('where UDP is blocked', () => {
  it('the path is TCP, and the panel says what that means', async () => {
    const zoe = await Participant.open({ name: 'Zoe', url: service.url, tone: 1330 });
    try {
      // The server's UDP candidates never reach this browser, as if nothing came back from them.
      await zoe.page.addInitScript(() => {
        window.RTCPeerConnection = class extends RTCPeerConnection {
          // The other forms of this method are of another age.
          override async setRemoteDescription({ type, sdp }: RTCSessionDescriptionInit): Promise<void> {
            await super.setRemoteDescription({
              type,
              sdp: sdp?.replace(/^a=candidate:\S+ \d+ udp .*\r?\n/gim, ''),
            });
          }
        };
      });
      await zoe.join(link);
      await zoe.seesMoving('Ben');
      const panel = await openPanel(zoe);
      await until('the path', async () => (await figure(panel, 'Path')) === 'TCP');
      await panel.getByText('Your network lets no UDP through.').waitFor();
    } finally {
      await zoe.close();
    }
  }, 120_000);
});

it('none of it was an error to any browser', () => {
  expect([...mia.errors, ...ben.errors]).toEqual([]);
});
