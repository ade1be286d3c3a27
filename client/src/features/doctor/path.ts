/** What to make of the way to the media server, and of what gets through it. */
import { LOSS_BAD, LOSS_WEAK, RTT_WEAK_MS } from '../../conference/quality/judge.ts';
import type { Path } from '../../conference/quality/path.ts';
import type { StatsReports } from '../../conference/stats.ts';
import type { Verdict } from './check.ts';

export function judgePath(path: Path | undefined): Verdict {
  if (!path) {
    return {
      status: 'wrong',
      says: 'No sound or picture gets through to the media server.',
      next: 'Your network probably blocks it. Try another one, such as that of a phone. If that fails too, tell whoever runs this VCallPe: npm run doctor says which port or address it is.',
    };
  }
  const name = path.carrier.toUpperCase();
  if (path.relayed) {
    return {
      status: path.carrier === 'udp' ? 'good' : 'doubtful',
      says: `Through a relay, over ${name}, to ${path.server}.`,
      next:
        path.carrier === 'udp'
          ? undefined
          : 'Your network lets no UDP out. Calls work, with more delay; without a VPN they may be better.',
    };
  }
  return path.carrier === 'udp'
    ? { status: 'good', says: `Directly, over UDP, to ${path.server}.` }
    : {
        status: 'doubtful',
        says: `Directly, over ${name}, to ${path.server}.`,
        next: 'Your network lets no UDP through, so that sound may stutter when packets are lost. Without a VPN it may be better.',
      };
}

export interface Measured {
  /** Each round trip that was measured, ms. */
  rttsMs: readonly number[];
  packetsSent: number;
  packetsLost: number;
}

/** What the media server has said it got, so far. */
export function readLoss(stats: StatsReports): { packetsSent: number; packetsLost: number } {
  const sum = (type: string, field: 'packetsSent' | 'packetsLost') =>
    [...stats.values()].reduce((total, each) => total + (each.type === type ? (each[field] ?? 0) : 0), 0);
  return {
    packetsSent: sum('outbound-rtp', 'packetsSent'),
    packetsLost: sum('remote-inbound-rtp', 'packetsLost'),
  };
}

export function judgeQuality({ rttsMs, packetsSent, packetsLost }: Measured): Verdict {
  if (packetsSent === 0 || rttsMs.length === 0) {
    return { status: 'wrong', says: 'Nothing could be measured.', next: 'Check again.' };
  }
  const rttMs = rttsMs.toSorted((a, b) => a - b)[Math.floor(rttsMs.length / 2)] ?? 0;
  const loss = Math.max(0, packetsLost) / packetsSent;
  const figures = `Round trip ${Math.ceil(rttMs)} ms, ${(loss * 100).toFixed(1)} % of ${packetsSent} packets lost.`;
  if (loss > LOSS_BAD) {
    const next =
      'Others will hardly understand you. Move nearer to the Wi-Fi, use a cable, or another network.';
    return { status: 'wrong', says: figures, next };
  }
  if (loss > LOSS_WEAK) {
    const next = 'Sound may break up. A cable, or being nearer to the Wi-Fi, helps most.';
    return { status: 'doubtful', says: figures, next };
  }
  if (rttMs > RTT_WEAK_MS) {
    const next =
      'Answers come late, so that people talk over each other. A VPN that is off, or another network, may help.';
    return { status: 'doubtful', says: figures, next };
  }
  return { status: 'good', says: figures };
}
