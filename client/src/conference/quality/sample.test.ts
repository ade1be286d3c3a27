import { describe, expect, it } from '@jest/globals';
import type { StatsEntry } from '../stats.ts';
import { Sampler } from './sampler.ts';
import { sampleLink, type Look, type Streams } from './sample.ts';

/** As Chromium 140 reports a call with a microphone, a camera of three layers, and one other person. */
interface Moment {
  /** Seconds since the beginning. */
  s: number;
  pair?: string;
  fractionLost?: number;
  receivedLost?: number;
  freezes?: number;
}

const reports = (entries: StatsEntry[]) => new Map(entries.map((entry) => [entry.id ?? '', entry]));

function lookAt({ s, pair = 'pair', fractionLost = 0, receivedLost = 0, freezes = 0 }: Moment): Look {
  const timestamp = 1_700_000_000_000 + s * 1000;
  const path: StatsEntry[] = [
    { id: 'T01', type: 'transport', timestamp, selectedCandidatePairId: pair },
    {
      id: pair,
      type: 'candidate-pair',
      timestamp,
      localCandidateId: `local-${pair}`,
      remoteCandidateId: 'remote',
      currentRoundTripTime: 0.04,
      availableOutgoingBitrate: 2_000_000,
      bytesSent: 200_000 * s,
      bytesReceived: 25_000 * s,
    },
    { id: `local-${pair}`, type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
    { id: 'remote', type: 'remote-candidate', address: '203.0.113.9', port: 40_000 },
  ];
  const layer = (rid: string, height: number, kBps: number): StatsEntry[] => [
    {
      id: `out-${rid}`,
      type: 'outbound-rtp',
      timestamp,
      kind: 'video',
      mid: '1',
      rid,
      remoteId: `remote-${rid}`,
      codecId: 'vp8',
      bytesSent: kBps * 1000 * s,
      packetsSent: kBps * s,
      frameWidth: (height * 16) / 9,
      frameHeight: height,
      framesPerSecond: 30,
      qualityLimitationReason: rid === 'r2' ? 'bandwidth' : 'none',
    },
    { id: `remote-${rid}`, type: 'remote-inbound-rtp', fractionLost, jitter: 0.03 },
  ];
  const sent: StatsEntry[] = [
    { id: 'vp8', type: 'codec', mimeType: 'video/VP8' },
    { id: 'opus', type: 'codec', mimeType: 'audio/opus' },
    {
      id: 'out-mic',
      type: 'outbound-rtp',
      timestamp,
      kind: 'audio',
      mid: '0',
      remoteId: 'remote-mic',
      codecId: 'opus',
      bytesSent: 4_000 * s,
      packetsSent: 50 * s,
    },
    { id: 'remote-mic', type: 'remote-inbound-rtp', fractionLost: 0, jitter: 0.002 },
    ...layer('r1', 360, 50),
    ...layer('r0', 180, 10),
    // Switched off: it stays in the reports as it was.
    ...layer('r2', 720, 0),
  ];
  const received: StatsEntry[] = [
    { id: 'vp8', type: 'codec', mimeType: 'video/VP8' },
    {
      id: 'in-camera',
      type: 'inbound-rtp',
      timestamp,
      trackIdentifier: 'ben-camera',
      codecId: 'vp8',
      bytesReceived: 20_000 * s,
      packetsReceived: 80 * s,
      packetsLost: receivedLost,
      jitter: 0.01,
      frameWidth: 640,
      frameHeight: 360,
      framesPerSecond: 24,
      freezeCount: freezes > 0 ? 1 : 0,
      totalFreezesDuration: freezes,
    },
    { id: 'in-unknown', type: 'inbound-rtp', timestamp, trackIdentifier: 'nobody', bytesReceived: 1_000 * s },
  ];
  return { send: reports([...path, ...sent]), recv: reports([...path, ...received]) };
}

const STREAMS: Streams = {
  sent: new Map([
    ['0', { source: 'microphone', paused: false, layers: 1, layerWanted: 0 }],
    ['1', { source: 'camera', paused: false, layers: 3, layerWanted: 2 }],
  ]),
  received: new Map([['ben-camera', { peerId: 'ben', producerId: 'ben-cam', source: 'camera', layers: 3 }]]),
};

const sampleOf = (before: Moment, now: Moment) => sampleLink(lookAt(before), lookAt(now), STREAMS);

describe('a sample', () => {
  it('has the path, the round trip and the bitrates of both directions', () => {
    const { send, recv } = sampleOf({ s: 10 }, { s: 11 });
    expect(send).toMatchObject({ bps: 1_600_000, availableBps: 2_000_000 });
    expect(recv).toMatchObject({ bps: 200_000 });
    expect(send.path).toMatchObject({ carrier: 'udp', relayed: false, rttMs: 40 });
  });

  it('counts by the time between the reports, however long that was', () => {
    expect(sampleOf({ s: 10 }, { s: 14 }).send.bps).toBe(1_600_000);
  });

  it('knows no bitrate of a path that has just been taken', () => {
    const { send } = sampleOf({ s: 10 }, { s: 11, pair: 'other' });
    expect(send.bps).toBeUndefined();
    expect(send.path).toMatchObject({ carrier: 'udp' });
  });

  it('takes the layers of a camera together, and its picture from the largest that flows', () => {
    const [microphone, camera] = sampleOf({ s: 10 }, { s: 11 }).sent;
    expect(microphone).toMatchObject({
      source: 'microphone',
      bps: 32_000,
      codec: 'opus',
      limitation: 'none',
    });
    expect(camera).toMatchObject({
      source: 'camera',
      bps: 480_000,
      codec: 'VP8',
      width: 640,
      height: 360,
      fps: 30,
      limitation: 'bandwidth',
    });
    expect(camera?.flowing.map(({ height }) => height)).toEqual([180, 360]);
  });

  it('weighs the loss that the server reports by the packets it is of', () => {
    const { send, sent } = sampleOf({ s: 10 }, { s: 11, fractionLost: 0.2 });
    // 60 packets of the camera, 50 of the microphone, of which none was lost.
    expect(send.loss).toBeCloseTo((60 * 0.2) / 110);
    expect(sent[0]?.loss).toBe(0);
    expect(sent[1]?.loss).toBeCloseTo(0.2);
  });

  it('takes the jitter from sound where there is some, else from pictures', () => {
    const { send, recv } = sampleOf({ s: 10 }, { s: 11 });
    expect(send.jitterMs).toBe(2);
    expect(recv.jitterMs).toBe(10);
  });

  it('says whose picture arrives, and how', () => {
    const { received } = sampleOf({ s: 10, receivedLost: 5 }, { s: 11, receivedLost: 25, freezes: 0.5 });
    expect(received).toEqual([
      {
        peerId: 'ben',
        producerId: 'ben-cam',
        source: 'camera',
        layers: 3,
        bps: 160_000,
        loss: 0.2,
        jitterMs: 10,
        codec: 'VP8',
        width: 640,
        height: 360,
        fps: 24,
        frozen: 0.5,
        freezes: 1,
      },
    ]);
  });

  it('takes a packet that came late as not lost', () => {
    expect(sampleOf({ s: 10, receivedLost: 5 }, { s: 11, receivedLost: 3 }).recv.loss).toBe(0);
  });

  it('tells no picture of what stands still', () => {
    const [still] = sampleLink(
      lookAt({ s: 10 }),
      { ...lookAt({ s: 11 }), recv: lookAt({ s: 10 }).recv },
      STREAMS,
    ).received;
    expect(still).toMatchObject({ source: 'camera' });
    expect(still?.height).toBeUndefined();
  });

  it('knows nothing of a stream that is new', () => {
    const [camera] = sampleLink(
      { send: reports([]), recv: reports([]) },
      lookAt({ s: 11 }),
      STREAMS,
    ).received;
    expect(camera).toMatchObject({ bps: undefined, loss: undefined, frozen: undefined });
  });
});

describe('the sampler', () => {
  it('compares with the look before, once a second', () => {
    const sampler = new Sampler();
    const look = (s: number) => sampler.look(lookAt({ s }), () => STREAMS, s * 1000);
    expect(look(10)).toBeUndefined();
    expect(look(10.4)).toBeUndefined();
    expect(look(10.8)).toBeUndefined();
    expect(look(11.2)?.send.bps).toBeCloseTo(1_600_000);
    expect(look(11.6)).toBeUndefined();
    expect(look(12.4)?.send.bps).toBeCloseTo(1_600_000);
  });
});
