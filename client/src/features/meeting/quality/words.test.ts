import { describe, expect, it } from '@jest/globals';
import type { QualityState } from '../../../conference/quality/log.ts';
import type { Cause, Level } from '../../../conference/quality/judge.ts';
import type { Path } from '../../../conference/quality/path.ts';
import { INITIAL_STATE } from '../../../conference/state.ts';
import { diagnosticsText } from './diagnostics.ts';
import { pathWords, streamWords, verdictKey } from './words.ts';

const WELL = { level: 'good', cause: 'none' } as const;
const NOW = { send: {}, recv: {}, sent: [], received: [] };
const quality = (fields: Partial<QualityState> = {}): QualityState => ({
  now: NOW,
  history: [],
  uplink: WELL,
  downlink: WELL,
  others: new Map(),
  ...fields,
});
const path = (carrier: Path['carrier'], relayed = false): Path => ({
  carrier,
  relayed,
  server: '203.0.113.9:1',
});

describe('the sentence', () => {
  const joined = { status: 'joined' } as const;
  it.each([
    [WELL, WELL, 'good'],
    [{ level: 'weak', cause: 'lossUp' }, WELL, 'lossUp'],
    [{ level: 'bad', cause: 'lossUp' }, { level: 'weak', cause: 'lossDown' }, 'lossUpBad'],
    [{ level: 'weak', cause: 'delay' }, { level: 'bad', cause: 'lossDown' }, 'lossDownBad'],
    [WELL, { level: 'weak', cause: 'bandwidthDown' }, 'bandwidthDown'],
  ] as [{ level: Level; cause: Cause }, { level: Level; cause: Cause }, string][])(
    'up %j, down %j: %s',
    (uplink, downlink, key) => {
      expect(verdictKey(quality({ uplink, downlink }), joined)).toBe(key);
    },
  );

  it('says when there is nothing to judge', () => {
    expect(verdictKey(quality({ now: undefined }), joined)).toBe('measuring');
    expect(verdictKey(quality(), { status: 'joined', recovery: 'media' })).toBe('away');
    expect(verdictKey(quality(), { status: 'reconnecting' })).toBe('away');
    // Media goes on without the server's words.
    expect(verdictKey(quality(), { status: 'joined', recovery: 'signaling' })).toBe('good');
  });
});

describe('a path', () => {
  it.each([
    [path('udp'), path('udp'), 'UDP'],
    [path('tcp'), undefined, 'TCP'],
    [path('tls', true), path('tls', true), 'TURN over TLS'],
    [path('udp'), path('udp', true), 'UDP to send, TURN over UDP to receive'],
    [undefined, undefined, 'Unknown'],
  ])('%j and %j', (send, recv, words) => {
    expect(pathWords({ send: { path: send }, recv: { path: recv } })).toBe(words);
  });
});

describe('a stream', () => {
  const words = (stream: Parameters<typeof streamWords>[0]) => streamWords(stream).join(' · ');

  it('is told with all that is known of it', () => {
    const received = {
      peerId: 'ben',
      producerId: 'p',
      source: 'camera',
      layers: 3,
      width: 640,
      height: 360,
      fps: 23.8,
      bps: 410_000,
      codec: 'VP8',
      loss: 0.012,
      freezes: 2,
    } as const;
    expect(words(received)).toBe(
      '640×360 · 24 fps · 410 kbit/s · VP8 · layer 2 of 3 · 1.2% lost · stood still 2 times',
    );
    expect(words({ peerId: 'ben', producerId: 'm', source: 'microphone', layers: 1, codec: 'opus' })).toBe(
      'Opus',
    );
  });

  it('that is sent tells how many layers flow', () => {
    const sent = { source: 'camera', paused: false, layers: 3, layerWanted: 2, limitation: 'none' } as const;
    expect(words({ ...sent, flowing: [{ bps: 1 }, { bps: 1 }] })).toBe('2 of 3 layers');
  });
});

describe('the diagnostics', () => {
  const text = diagnosticsText(
    quality({
      now: { ...NOW, send: { path: path('tcp'), bps: 1_234_567.891 } },
      history: [
        { at: 1, rttMs: 10 },
        { at: 2, rttMs: 30 },
      ],
      others: new Map([
        ['ben-peer', 'weak'],
        ['ana-peer', 'good'],
      ]),
    }),
    {
      ...INITIAL_STATE,
      status: 'joined',
      room: { code: 'secretcode', name: 'Secret plans' },
      self: { peerId: 'mia-peer', participantId: 'mia', displayName: 'Mia Okafor', role: 'host' },
    },
    {
      at: new Date('2026-01-01T12:00:00Z'),
      build: '/assets/x.js',
      userAgent: 'Browser/1',
      language: 'en',
      cores: 8,
      pixelRatio: 2,
    },
  );

  it('can be read by people and programs', () => {
    expect(text).toContain('Your connection is good.\nPath: TCP\n{');
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({
      at: '2026-01-01T12:00:00.000Z',
      build: '/assets/x.js',
      userAgent: 'Browser/1',
      meeting: { status: 'joined', role: 'host', self: 'mia-peer' },
      notGood: { 'ben-peer': 'weak' },
      now: { send: { path: { carrier: 'tcp' }, bps: 1_234_567.891 } },
      lastTwoMinutes: { rttMs: { now: 30, min: 10, max: 30 }, sentLoss: null },
    });
  });

  it('name nobody, and let nobody in', () => {
    for (const private_ of ['Mia', 'secretcode', 'Secret plans']) expect(text).not.toContain(private_);
  });
});
