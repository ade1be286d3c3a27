import { describe, expect, it } from '@jest/globals';
import type { StatsEntry } from '../../conference/stats.ts';
import { judgePath, judgeQuality, readLoss } from './path.ts';

const statsOf = (...entries: StatsEntry[]) => new Map(entries.map((entry) => [entry.id ?? '', entry]));

describe('judgePath', () => {
  it.each([
    ['udp', false, 'good'],
    ['tcp', false, 'doubtful'],
    ['udp', true, 'good'],
    ['tcp', true, 'doubtful'],
    ['tls', true, 'doubtful'],
  ] as const)('over %s, relayed %s: %s', (carrier, relayed, status) => {
    const verdict = judgePath({ carrier, relayed, server: '203.0.113.9:40000' });
    expect(verdict.status).toBe(status);
    expect(verdict.says).toContain(carrier.toUpperCase());
    // What is not good comes with a way out.
    expect(verdict.next === undefined).toBe(status === 'good');
  });

  it('is wrong without one', () => {
    expect(judgePath(undefined).status).toBe('wrong');
  });
});

describe('quality', () => {
  const judge = (rttMs: number, packetsLost: number) =>
    judgeQuality({ rttsMs: [rttMs, 9_000, rttMs, 0, rttMs], packetsSent: 1_000, packetsLost }).status;

  it('is judged by the middle of the round trips, and by loss', () => {
    expect(judge(40, 0)).toBe('good');
    expect(judge(301, 0)).toBe('doubtful');
    expect(judge(40, 31)).toBe('doubtful');
    expect(judge(40, 151)).toBe('wrong');
    // More can arrive than was counted as sent.
    expect(judge(40, -3)).toBe('good');
  });

  it('can’t be judged when nothing was sent', () => {
    expect(judgeQuality({ rttsMs: [1], packetsSent: 0, packetsLost: 0 }).status).toBe('wrong');
    expect(judgeQuality({ rttsMs: [], packetsSent: 9, packetsLost: 0 }).status).toBe('wrong');
  });

  it('adds up what was sent and what the server missed', () => {
    const stats = statsOf(
      { id: '1', type: 'outbound-rtp', packetsSent: 100 },
      { id: '2', type: 'outbound-rtp', packetsSent: 20 },
      { id: '3', type: 'remote-inbound-rtp', packetsLost: 4 },
      { id: '4', type: 'inbound-rtp', packetsLost: 50 },
    );
    expect(readLoss(stats)).toEqual({ packetsSent: 120, packetsLost: 4 });
  });
});
