/** That Chromium sends a keyframe when it is asked to by `sendKeyFrame`: an option that the standard is still drafting. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { sendKeyFrame } from '../../client/src/conference/keyframe.ts';
import { launchChromium } from '../browser/chromium.ts';

let browser: Browser;
// A camera is given to pages of a host only, not to `about:blank`.
const host = createServer((_, response) =>
  response.setHeader('content-type', 'text/html').end('<title>Keyframes</title>'),
);

beforeAll(async () => {
  await once(host.listen(0, '127.0.0.1'), 'listening');
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  host.close();
});

it('sends a keyframe each time it is asked, and without being asked only the first', async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}`);
  const counts = await page.evaluate(async (code) => {
    const ask = new Function(`return ${code}`)() as typeof sendKeyFrame;
    const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
    from.onicecandidate = ({ candidate }) => void (candidate && to.addIceCandidate(candidate));
    to.onicecandidate = ({ candidate }) => void (candidate && from.addIceCandidate(candidate));
    const [track] = (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks();
    if (!track) throw new Error('no camera');
    const { sender } = from.addTransceiver(track, { direction: 'sendonly' });
    await from.setLocalDescription();
    await to.setRemoteDescription(from.localDescription as RTCSessionDescription);
    await to.setLocalDescription();
    await from.setRemoteDescription(to.localDescription as RTCSessionDescription);

    const encoded = async (): Promise<RTCOutboundRtpStreamStats> =>
      [...(await from.getStats()).values()].find(({ type }) => type === 'outbound-rtp');
    /** Keyframes sent so far, once `more` further pictures are. */
    const after = async (more: number) => {
      const goal = ((await encoded()).framesEncoded ?? 0) + more;
      for (;;) {
        const { framesEncoded = 0, keyFramesEncoded } = await encoded();
        if (framesEncoded >= goal) return keyFramesEncoded;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const seen = [await after(10)];
    for (let i = 0; i < 3; i += 1) {
      await ask(sender);
      seen.push(await after(3));
    }
    return [...seen, await after(10)];
  }, sendKeyFrame.toString());
  const [first = NaN] = counts;
  expect(counts).toEqual([first, first + 1, first + 2, first + 3, first + 3]);
}, 60_000);
