import { describe, expect, it } from '@jest/globals';
import { QualityLog } from './log.ts';
import type { LinkSample } from './sample.ts';

const NOBODY = { limited: new Set<string>(), shown: [] };
const sample = (loss: number): LinkSample => ({
  send: { bps: 500_000, loss: 0, path: { carrier: 'udp', relayed: false, server: '', rttMs: 20 } },
  recv: { bps: 900_000, loss },
  sent: [],
  received: [{ peerId: 'ben', producerId: 'ben-mic', source: 'microphone', layers: 1, loss }],
});

describe('the log', () => {
  it('keeps two minutes', () => {
    const log = new QualityLog();
    for (let s = 0; s <= 300; s += 1) log.add(sample(0), NOBODY, s * 1000);
    const { history } = log.getState();
    expect(history[0]).toMatchObject({ at: 181_000, rttMs: 20, sentBps: 500_000, receivedBps: 900_000 });
    expect(history.at(-1)?.at).toBe(300_000);
  });

  it('tells worse at once, and better when it has lasted', () => {
    const log = new QualityLog();
    const levels: string[] = [];
    const add = (loss: number, s: number) => {
      log.add(sample(loss), NOBODY, s * 1000);
      levels.push(`${log.getState().downlink.level} ${log.getState().others.get('ben')}`);
    };
    add(0, 1);
    add(0.5, 2);
    // The mean of five is good again with the seventh sample, 6 s later it is told.
    for (let s = 3; s <= 13; s += 1) add(0, s);
    expect(levels.slice(0, 2)).toEqual(['good good', 'bad bad']);
    expect(levels[6]).toBe('bad bad');
    expect(levels.at(-1)).toBe('good good');
  });

  it('knows nothing of a new connection by the one before, but keeps the curves', () => {
    const log = new QualityLog();
    log.add(sample(0.5), NOBODY, 1_000);
    log.restart();
    expect(log.getState()).toMatchObject({ now: undefined, downlink: { level: 'good' }, others: new Map() });
    expect(log.getState().history).toHaveLength(1);
    log.add(sample(0), NOBODY, 2_000);
    expect(log.getState().downlink.level).toBe('good');
  });

  it('tells why, for each stream', () => {
    const log = new QualityLog();
    const camera = { peerId: 'ben', producerId: 'ben-camera', source: 'camera', layers: 3 } as const;
    log.add({ ...sample(0), received: [camera] }, { limited: new Set(['ben-camera']), shown: [] }, 1_000);
    expect(log.getState().now?.received[0]?.reason).toBe('noRoom');
    expect(log.getState().others.get('ben')).toBe('weak');
  });
});
