import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { types } from 'mediasoup';
import { until } from '../../browser/wait.ts';
import { BareSfu, type Received, type Sent } from './bare-sfu.ts';
import { LeanTransport } from './lean-transport.ts';
import { everyNth, LossyTransport } from './lossy-transport.ts';
import { NativeTransport } from './native-transport.ts';
import type { PublisherOptions, VideoLayer } from './publisher.ts';
import type { RtpTransport } from './rtp-transport.ts';
import type { StreamReport } from './stream-stats.ts';

const LAYERS: VideoLayer[] = [
  { rid: 'low', width: 160, height: 90, fps: 15, bps: 100_000 },
  { rid: 'mid', width: 320, height: 180, fps: 20, bps: 300_000 },
  { rid: 'high', width: 640, height: 360, fps: 25, bps: 800_000 },
];
const TRANSPORTS: Record<'lean' | 'native', () => RtpTransport> = {
  lean: () => new LeanTransport(),
  native: () => new NativeTransport(),
};

let sfu: BareSfu;
beforeEach(async () => {
  sfu = await BareSfu.start();
});
afterEach(() => sfu.close());

function publish(options: Partial<PublisherOptions> = {}): Promise<Sent> {
  return sfu.publish({ id: 1, video: LAYERS, audio: { speaking: true }, ...options });
}

/** Of both producers; waits until both have shown their first frame. */
async function subscribe(
  { video, audio }: Sent,
  options: Partial<Parameters<BareSfu['subscribe']>[0]> = {},
): Promise<Received> {
  if (!video || !audio) throw new Error('Both are needed');
  const received = await sfu.subscribe({ transport: 'lean', bandwidthEstimation: 'none', ...options }, [
    video,
    audio,
  ]);
  for (const kind of ['video', 'audio'] as const) {
    await until(`the first frame of ${kind}`, () => reportOf(received, kind).firstFrameAtMs);
  }
  return received;
}

function consumerOf({ consumers }: Received, kind: 'audio' | 'video'): types.Consumer {
  const consumer = consumers.find((candidate) => candidate.kind === kind);
  if (!consumer) throw new Error(`No consumer of ${kind}`);
  return consumer;
}

function reportOf(received: Received, kind: 'audio' | 'video'): StreamReport {
  const report = received.subscriber.stats(consumerOf(received, kind).id);
  if (!report) throw new Error(`No figures of ${kind}`);
  return report;
}

const untilLayer = (received: Received, layer: number) =>
  until(
    `layer ${layer}`,
    () => consumerOf(received, 'video').currentLayers?.spatialLayer === layer && `layer ${layer}`,
  );

/** Waits for so many further packets of it. */
async function untilReceived(
  received: Received,
  kind: 'audio' | 'video',
  packets: number,
): Promise<StreamReport> {
  const { expected } = reportOf(received, kind);
  await until(`${packets} packets of ${kind}`, () => reportOf(received, kind).expected >= expected + packets);
  return reportOf(received, kind);
}

/** The publisher falls silent; what is under way arrives, or is given up. */
async function untilSettled({ publisher }: Sent, received: Received): Promise<void> {
  publisher.setPaused('video', true);
  publisher.setPaused('audio', true);
  for (const kind of ['video', 'audio'] as const) {
    await until(`all ${kind} that the SFU sent`, async () => {
      const [stats] = await consumerOf(received, kind).getStats();
      const { expected, pending } = reportOf(received, kind);
      return stats !== undefined && pending === 0 && stats.packetCount === expected;
    });
  }
}

describe.each(['lean', 'native'] as const)('a %s subscriber', (transport) => {
  it('receives simulcast video and Opus whole: just what the SFU says that it sent', async () => {
    const sent = await publish();
    const received = await subscribe(sent, { transport });
    await untilLayer(received, 2);
    await untilReceived(received, 'video', 200);
    await untilSettled(sent, received);
    for (const kind of ['video', 'audio'] as const) {
      const report = reportOf(received, kind);
      expect(report).toMatchObject({ lost: 0, repaired: 0, duplicates: 0, packets: report.expected });
      expect(report.latency.count).toBeGreaterThan(0);
      // The clocks are the same, so that it is positive and small unless the stamps are read wrongly.
      expect(report.latency.quantile(0.5)).toBeLessThan(5000);
    }
    expect(received.subscriber.authFailures).toBe(0);
    expect(sent.publisher.stats).toMatchObject({ sendFailures: 0, resent: 0 });
  });

  it('has repaired by NACK and RTX what was lost on the way down', async () => {
    const sent = await publish();
    const lossy = new LossyTransport(TRANSPORTS[transport](), { received: everyNth(25) });
    const received = await subscribe(sent, { transport: lossy });
    await untilReceived(received, 'video', 600);
    sent.publisher.setPaused('video', true);
    sent.publisher.setPaused('audio', true);
    // Audio has no RTX, it is repeated as it was; to libdatachannel, which has seen what we lose, that is a replay.
    for (const kind of transport === 'lean' ? (['video', 'audio'] as const) : (['video'] as const)) {
      await until('all repairs', () => reportOf(received, kind).pending === 0);
      const report = reportOf(received, kind);
      expect(report.lost).toBe(0);
      expect(report.repaired).toBeGreaterThan(0);
      expect(report.packets + report.repaired).toBe(report.expected);
    }
    expect(received.subscriber.authFailures).toBe(0);
  });

  it('asks for a keyframe when the first one was lost', async () => {
    let losing = true;
    const lossy = new LossyTransport(TRANSPORTS[transport](), { received: () => losing });
    const { video } = await publish({ audio: undefined });
    if (!video) throw new Error('No video');
    const received = await sfu.subscribe({ transport: lossy, bandwidthEstimation: 'none' }, [video]);
    await until('packets from the SFU', async () => {
      const [stats] = await consumerOf(received, 'video').getStats();
      return (stats?.packetCount ?? 0) > 40;
    });
    losing = false;
    await until('a keyframe', () => reportOf(received, 'video').firstFrameAtMs);
    expect(reportOf(received, 'video').plisSent).toBeGreaterThan(0);
  });

  it('lets the SFU estimate bandwidth by TWCC', async () => {
    const received = await subscribe(await publish(), { transport, bandwidthEstimation: 'twcc' });
    const available = async () => (await received.transport.getStats())[0]?.availableOutgoingBitrate ?? 0;
    // mediasoup begins at 600 kbit/s.
    await until('an estimate of more than at first', async () => (await available()) > 900_000);
    await untilLayer(received, 2);
  });
});

describe('a subscriber', () => {
  it('follows a switch of layers without a loss', async () => {
    const sent = await publish();
    const received = await subscribe(sent);
    const consumer = consumerOf(received, 'video');
    for (const spatialLayer of [0, 2]) {
      await consumer.setPreferredLayers({ spatialLayer });
      await untilLayer(received, spatialLayer);
      await untilReceived(received, 'video', 50);
    }
    await untilSettled(sent, received);
    const report = reportOf(received, 'video');
    expect(report).toMatchObject({ lost: 0, packets: report.expected });
  });

  it('tells the first frame again after a tile was hidden, and counts no freeze for it', async () => {
    const received = await subscribe(await publish());
    const consumer = consumerOf(received, 'video');
    await consumer.pause();
    received.subscriber.expectSilence(consumer.id);
    received.subscriber.resetStats();
    await until('a gap', () => performance.now() - (reportOf(received, 'video').lastPacketAtMs ?? 0) > 500);
    expect(reportOf(received, 'video')).toMatchObject({ freezes: 0, longestGapMs: 0 });
    const shown: string[] = [];
    received.subscriber.onFirstFrame = (consumerId) => shown.push(consumerId);
    received.subscriber.expectFirstFrame(consumer.id);
    expect(reportOf(received, 'video').firstFrameAtMs).toBeUndefined();
    await consumer.resume();
    await until('the first frame', () => shown.length > 0);
    expect(shown).toEqual([consumer.id]);
  });

  it('counts in a window what belongs to it', async () => {
    const sent = await publish();
    const received = await subscribe(sent);
    await untilReceived(received, 'video', 50);
    await untilSettled(sent, received);
    received.subscriber.resetStats();
    expect(reportOf(received, 'video')).toMatchObject({ expected: 0, packets: 0, bytes: 0, lost: 0 });
    const firstFrame = reportOf(received, 'video').firstFrameAtMs;
    sent.publisher.setPaused('video', false);
    await untilReceived(received, 'video', 50);
    expect(reportOf(received, 'video').firstFrameAtMs).toBe(firstFrame);
  });

  it('forgets consumers that are gone', async () => {
    const received = await subscribe(await publish());
    const { id } = consumerOf(received, 'video');
    received.subscriber.remove([id]);
    expect(received.subscriber.stats(id)).toBeUndefined();
    await untilReceived(received, 'audio', 20);
  });
});

describe.each(['lean', 'native'] as const)('a %s publisher', (kind) => {
  const transport = () => TRANSPORTS[kind]();

  it('sends a keyframe of the layer for which the SFU asks', async () => {
    const sent = await publish({ transport: transport() });
    const received = await subscribe(sent);
    await untilLayer(received, 2);
    const before = sent.publisher.stats.video[2];
    await consumerOf(received, 'video').requestKeyFrame();
    await until('the keyframe', () => {
      const now = sent.publisher.stats.video[2];
      return (
        (now?.keyframes ?? 0) > (before?.keyframes ?? 0) &&
        (now?.keyframeRequests ?? 0) > (before?.keyframeRequests ?? 0)
      );
    });
  });

  it('sends again what was lost on the way up, so that nothing is missing in the end', async () => {
    const lossy = new LossyTransport(transport(), { sent: everyNth(25) });
    const sent = await publish({ transport: lossy });
    const received = await subscribe(sent);
    await untilReceived(received, 'video', 600);
    await until('all repairs', () => reportOf(received, 'video').pending === 0);
    expect(reportOf(received, 'video').lost).toBe(0);
    expect(sent.publisher.stats.resent).toBeGreaterThan(0);
  });

  it('stops layers, and starts them again with a keyframe', async () => {
    const sent = await publish({ transport: transport() });
    const { publisher } = sent;
    const received = await subscribe(sent);
    await untilLayer(received, 2);
    publisher.setMaxSpatialLayer(0);
    const stopped = publisher.stats.video;
    await untilLayer(received, 0);
    await untilReceived(received, 'video', 20);
    expect(publisher.stats.video[1]?.packets).toBe(stopped[1]?.packets);
    expect(publisher.stats.video[2]?.packets).toBe(stopped[2]?.packets);

    publisher.setMaxSpatialLayer(2);
    await untilLayer(received, 2);
    expect(publisher.stats.video[2]?.keyframes).toBeGreaterThan(stopped[2]?.keyframes ?? Infinity);

    publisher.setMaxSpatialLayer(-1);
    const { video } = publisher.stats;
    await untilReceived(received, 'audio', 50);
    expect(publisher.stats.video).toEqual(
      video.map((layer) => ({ ...layer, keyframeRequests: expect.anything() })),
    );
  });

  it('is heard by the SFU, and when it falls silent that is heard too', async () => {
    const observer = await sfu.router.createAudioLevelObserver({ threshold: -60, interval: 250 });
    const heard: number[] = [];
    let silent = false;
    observer.on('volumes', ([loudest]) => heard.push(loudest?.volume ?? NaN));
    observer.on('silence', () => (silent = true));
    const { publisher, audio } = await publish({ transport: transport(), video: undefined });
    await observer.addProducer({ producerId: audio?.id ?? '' });
    await until('a volume', () => heard.length > 0);
    expect(heard[0]).toBe(-25);
    publisher.setSpeaking(false);
    await until('silence', () => silent);
  });
});

describe.each(['lean', 'native'] as const)('a %s transport', (kind) => {
  const remote = () =>
    sfu.router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });

  it('refuses an SFU with another certificate than the one announced', async () => {
    const transport = TRANSPORTS[kind]();
    const server = await remote();
    const { iceParameters, iceCandidates, dtlsParameters } = server;
    const fingerprints = dtlsParameters.fingerprints.map(({ algorithm, value }) => ({
      algorithm,
      value: value.replace(/^../, (byte) => (byte === '00' ? '01' : '00')),
    }));
    const own = await transport.start({ iceParameters, iceCandidates, dtlsParameters: { fingerprints } });
    await server.connect({ dtlsParameters: own });
    await expect(transport.connected).rejects.toThrow(kind === 'lean' ? 'certificate' : 'failed');
  });

  it('needs a candidate', async () => {
    const { iceParameters, dtlsParameters } = await remote();
    const transport = TRANSPORTS[kind]();
    await expect(transport.start({ iceParameters, dtlsParameters, iceCandidates: [] })).rejects.toThrow(
      'candidate',
    );
    transport.close();
  });

  it('rejects when it is closed before it is connected', async () => {
    const transport = TRANSPORTS[kind]();
    await transport.start(await remote());
    transport.close();
    await expect(transport.connected).rejects.toThrow('closed');
    expect(transport.send(Buffer.alloc(12))).toBe(false);
  });
});

it('a native transport that offers is the server of DTLS', async () => {
  const transport = new NativeTransport();
  const server = await sfu.router.createWebRtcTransport({
    listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
  });
  const { iceParameters, dtlsParameters } = await transport.offer();
  await server.connect({ dtlsParameters });
  await expect(transport.start(server)).resolves.toEqual(dtlsParameters);
  await transport.connected;
  expect(transport.iceParameters).toEqual(iceParameters);
  expect(server.dtlsParameters.role).toBe('client');
  transport.close();
});
