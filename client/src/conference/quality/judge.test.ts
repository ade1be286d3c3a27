import { describe, expect, it } from '@jest/globals';
import { judgeDownlink, judgeOthers, judgeUplink, worst } from './judge.ts';
import type { LinkSample, ReceivedSample, SentSample } from './sample.ts';

const sample = (fields: Partial<LinkSample> = {}): LinkSample => ({
  send: {},
  recv: {},
  sent: [],
  received: [],
  ...fields,
});
const times = (count: number, fields: Partial<LinkSample>) =>
  Array.from({ length: count }, () => sample(fields));
const path = (rttMs: number) => ({ carrier: 'udp' as const, relayed: false, server: '', rttMs });

const camera = (fields: Partial<SentSample>): SentSample => ({
  source: 'camera',
  paused: false,
  layers: 3,
  layerWanted: 2,
  limitation: 'none',
  flowing: [{ bps: 1 }, { bps: 1 }, { bps: 1 }],
  ...fields,
});
const from = (peerId: string, fields: Partial<ReceivedSample> = {}): ReceivedSample => ({
  peerId,
  producerId: `${peerId}-camera`,
  source: 'camera',
  layers: 3,
  ...fields,
});

describe('the uplink', () => {
  it.each([
    ['without a figure', {}, 'good', 'none'],
    ['well', { loss: 0.01, path: path(40) }, 'good', 'none'],
    ['with loss', { loss: 0.05, path: path(40) }, 'weak', 'lossUp'],
    ['with much loss', { loss: 0.2, path: path(40) }, 'bad', 'lossUp'],
    ['far away', { loss: 0, path: path(400) }, 'weak', 'delay'],
    ['lossy and far away', { loss: 0.2, path: path(400) }, 'bad', 'lossUp'],
  ] as const)('%s', (_, send, level, cause) => {
    expect(judgeUplink([sample({ send })])).toEqual({ level, cause });
  });

  it('is judged by the last five samples, of which one says little', () => {
    const well = times(9, { send: { loss: 0 } });
    expect(judgeUplink([...well, sample({ send: { loss: 0.1 } })]).level).toBe('good');
    expect(judgeUplink([...times(5, { send: { loss: 0.5 } }), ...well]).level).toBe('good');
  });

  it('lacks room when the encoder says so for as long as it may take to begin', () => {
    const short = { sent: [camera({ limitation: 'bandwidth', flowing: [{ bps: 1 }] })] };
    expect(judgeUplink(times(9, short)).level).toBe('good');
    expect(judgeUplink(times(10, short))).toEqual({ level: 'weak', cause: 'bandwidthUp' });
    // It is at its limit with all that somebody wants.
    expect(judgeUplink(times(10, { sent: [camera({ limitation: 'bandwidth' })] })).level).toBe('good');
  });
});

describe('the downlink', () => {
  it('is weak with loss, and with videos that are held back', () => {
    expect(judgeDownlink([sample({ recv: { loss: 0.01 } })], 0).level).toBe('good');
    expect(judgeDownlink([sample({ recv: { loss: 0.05 } })], 0)).toEqual({
      level: 'weak',
      cause: 'lossDown',
    });
    expect(judgeDownlink([sample()], 2)).toEqual({ level: 'weak', cause: 'bandwidthDown' });
  });
});

describe('the others', () => {
  const levels = (received: ReceivedSample[], count = 1) =>
    Object.fromEntries(
      judgeOthers(times(count, { received }), ({ producerId }) => producerId === 'zoe-camera'),
    );

  it('are judged by the worst that comes from them', () => {
    expect(
      levels([
        from('ben', { loss: 0 }),
        from('ben', { loss: 0.2, producerId: 'ben-microphone', source: 'microphone' }),
        from('ana', { loss: 0.05, frozen: 0 }),
        from('tom', { loss: 0.01 }),
        from('zoe'),
      ]),
    ).toEqual({ ben: 'bad', ana: 'weak', tom: 'good', zoe: 'weak' });
  });

  it('are weak when their picture stands still, but not when a pause has ended', () => {
    expect(levels([from('ben', { frozen: 0.5 })], 5)).toEqual({ ben: 'weak' });
    const resumed = [...times(4, { received: [from('ben', { frozen: 0 })] })];
    resumed.push(sample({ received: [from('ben', { frozen: 1 })] }));
    expect(judgeOthers(resumed, () => false).get('ben')).toBe('good');
  });
});

describe('the worst', () => {
  it('is the first of those that are as bad', () => {
    expect(worst({ level: 'weak', cause: 'delay' }, { level: 'weak', cause: 'lossDown' }).cause).toBe(
      'delay',
    );
    expect(worst({ level: 'weak', cause: 'delay' }, { level: 'bad', cause: 'lossDown' }).cause).toBe(
      'lossDown',
    );
    expect(worst()).toEqual({ level: 'good', cause: 'none' });
  });
});
