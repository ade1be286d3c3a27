import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RtpPacket, Vp8RtpPayload } from 'werift';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium.ts';
import { isRtcp, payloadOffset } from './rtp-packet.ts';
import { startsKeyframe } from './vp8-payload.ts';
import { Vp8Source } from './vp8-source.ts';

const LAYER = { rid: 'h', width: 640, height: 360, fps: 25, bps: 800_000 };

function source(): { vp8: Vp8Source; rtp: Buffer[]; rtcp: Buffer[] } {
  const rtp: Buffer[] = [];
  const rtcp: Buffer[] = [];
  const send = (packet: Buffer) => (isRtcp(packet) ? rtcp : rtp).push(Buffer.from(packet));
  return { vp8: new Vp8Source(LAYER, 5, '0', { transportSequence: 0, send }), rtp, rtcp };
}

/** Lets `seconds` pass in steps of 5 ms. */
function run(vp8: Vp8Source, fromMs: number, seconds: number): void {
  for (let ms = fromMs; ms < fromMs + seconds * 1000; ms += 5) vp8.tick(ms);
}

/** Payloads of whole frames, descriptors taken off, as werift reads them. */
function frames(packets: Buffer[]): Buffer[] {
  const frames: Buffer[][] = [];
  for (const packet of packets) {
    const { sBit, payload } = Vp8RtpPayload.deSerialize(RtpPacket.deSerialize(packet).payload);
    if (sBit) frames.push([]);
    frames.at(-1)?.push(payload);
  }
  return frames.map((parts) => Buffer.concat(parts));
}

describe('Vp8Source', () => {
  it('begins with a keyframe and a sender report, and has the frame rate and the bit rate of its layer', () => {
    const { vp8, rtp, rtcp } = source();
    vp8.run(1000, 1000);
    run(vp8, 1000, 4);
    const sent = frames(rtp);
    expect(sent).toHaveLength(100);
    expect(vp8.keyframes).toBe(1);
    expect(rtcp).toHaveLength(1);
    const bits = sent.reduce((sum, frame) => sum + frame.length * 8, 0);
    expect(Math.abs(bits / (4 * LAYER.bps) - 1)).toBeLessThan(0.01);
  });

  it('is read as VP8: picture ids count frames, the last packet has the marker', () => {
    const { vp8, rtp } = source();
    vp8.run(1000, 1000);
    run(vp8, 1000, 0.2);
    const packets = rtp.map((packet) => RtpPacket.deSerialize(packet));
    const payloads = packets.map(({ payload }) => Vp8RtpPayload.deSerialize(payload));
    const keyframe = payloads.filter(({ pictureId }) => pictureId === payloads[0]?.pictureId);
    expect(keyframe.map(({ isKeyframe }) => isKeyframe)).toEqual(keyframe.map((_, i) => i === 0));
    expect(rtp.map((packet) => startsKeyframe(packet, payloadOffset(packet)))).toEqual(
      rtp.map((_, i) => i === 0),
    );
    const ids = new Set(payloads.map(({ pictureId }) => pictureId));
    expect(ids.size).toBe(5);
    expect(packets.filter(({ header }) => header.marker)).toHaveLength(5);
    const timestamps = [...new Set(packets.map(({ header }) => header.timestamp))];
    expect(timestamps.map((timestamp) => (timestamp - (timestamps[0] ?? 0)) >>> 0)).toEqual([
      0, 3600, 7200, 10_800, 14_400,
    ]);
  });

  it('answers a request with a keyframe, once', () => {
    const { vp8 } = source();
    vp8.run(1000, 1000);
    run(vp8, 1000, 0.2);
    vp8.requestKeyframe();
    vp8.requestKeyframe();
    run(vp8, 1200, 0.2);
    expect(vp8).toMatchObject({ keyframes: 2, keyframeRequests: 2 });
  });

  it('stops, and comes back with a keyframe in the same rhythm', () => {
    const { vp8, rtp } = source();
    vp8.run(1000, 1000);
    run(vp8, 1000, 0.2);
    vp8.stop();
    const before = rtp.length;
    run(vp8, 1200, 0.2);
    expect(rtp).toHaveLength(before);
    vp8.run(1410, 1000);
    vp8.tick(1439);
    expect(rtp).toHaveLength(before);
    vp8.tick(1440);
    expect(vp8.keyframes).toBe(2);
  });

  it('leaves frames out after it was kept from running, instead of sending them all at once', () => {
    const { vp8, rtp } = source();
    vp8.run(1000, 1000);
    vp8.tick(1000);
    rtp.length = 0;
    vp8.tick(6000);
    expect(frames(rtp)).toHaveLength(1);
  });

  it('sends a packet again as it was, with another transport-wide sequence number', () => {
    const { vp8, rtp } = source();
    vp8.run(1000, 1000);
    run(vp8, 1000, 0.4);
    const original = rtp[3];
    if (!original) throw new Error('Too few packets');
    const known = vp8.stream.resend(original.readUInt16BE(2));
    const again = rtp.at(-1);
    expect(known).toBe(true);
    expect(again).not.toBe(original);
    // The extension with it comes first: two bytes at 17.
    expect(again?.readUInt16BE(17)).toBe((rtp.at(-2)?.readUInt16BE(17) ?? 0) + 1);
    again?.writeUInt16BE(original.readUInt16BE(17), 17);
    expect(again).toEqual(original);
    expect(vp8.stream.resend(original.readUInt16BE(2) - 20)).toBe(false);
  });

  describe('in Chromium', () => {
    let browser: Browser;
    let page: Page;
    beforeAll(async () => {
      browser = await launchChromium();
      page = await browser.newPage();
      // WebCodecs are there in secure contexts alone.
      await page.route('**/*', (route) => route.fulfill({ body: '<html></html>', contentType: 'text/html' }));
      await page.goto('https://localhost/');
    });
    afterAll(() => browser.close());

    it('decodes to grey pictures', async () => {
      const { vp8, rtp } = source();
      vp8.run(1000, 1000);
      run(vp8, 1000, 0.4);
      const encoded = frames(rtp).map((frame) => frame.toString('base64'));
      const decoded = await page.evaluate(async (chunks) => {
        const pictures: string[] = [];
        const copies: Promise<void>[] = [];
        const decoder = new VideoDecoder({
          output: (frame) => {
            const pixels = new Uint8Array(frame.allocationSize());
            const size = `${frame.codedWidth}x${frame.codedHeight}`;
            const read = async () => {
              await frame.copyTo(pixels);
              frame.close();
              pictures.push(
                `${size} ${pixels.every((value) => Math.abs(value - 128) <= 1) ? 'grey' : 'else'}`,
              );
            };
            copies.push(read());
          },
          error: (error) => pictures.push(error.message),
        });
        decoder.configure({ codec: 'vp8' });
        chunks.forEach((chunk, i) => {
          const data = Uint8Array.from(atob(chunk), (character) => character.charCodeAt(0));
          decoder.decode(new EncodedVideoChunk({ type: i === 0 ? 'key' : 'delta', timestamp: i, data }));
        });
        await decoder.flush();
        await Promise.all(copies);
        return pictures;
      }, encoded);
      expect(decoded).toEqual(encoded.map(() => '640x360 grey'));
    });
  });
});
