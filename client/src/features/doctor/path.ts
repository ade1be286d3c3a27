/** What a browser's statistics say about the way to the media server (W3C webrtc-stats), and what to make of it. */
import type { Verdict } from './check.ts';

/** The fields of all the entries that are looked at. */
export interface StatsEntry {
  id: string;
  type: string;
  selectedCandidatePairId?: string;
  state?: string;
  nominated?: boolean;
  localCandidateId?: string;
  remoteCandidateId?: string;
  /** Seconds. */
  currentRoundTripTime?: number;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  address?: string;
  port?: number;
  packetsSent?: number;
  packetsLost?: number;
}

export type Stats = ReadonlyMap<string, StatsEntry>;

export interface Path {
  /** How the first part goes out of this browser. */
  carrier: 'udp' | 'tcp' | 'tls';
  relayed: boolean;
  /** Where the media server is, as `address:port`. */
  server: string;
  /** ms; undefined until it was measured. */
  rttMs?: number;
}

/** The pair of candidates that media takes now; undefined while there is none. */
export function readPath(stats: Stats): Path | undefined {
  const entries = [...stats.values()];
  const chosen = entries.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  // Firefox has no entry for the transport.
  const pair =
    (chosen && stats.get(chosen)) ||
    entries.find(
      ({ type, state, nominated }) => type === 'candidate-pair' && nominated && state === 'succeeded',
    );
  const local = stats.get(pair?.localCandidateId ?? '');
  const remote = stats.get(pair?.remoteCandidateId ?? '');
  if (!pair || !local || !remote) return undefined;
  const relayed = local.candidateType === 'relay';
  const carrier = relayed ? local.relayProtocol : local.protocol;
  return {
    carrier: carrier === 'tcp' || carrier === 'tls' ? carrier : 'udp',
    relayed,
    server: `${remote.address ?? 'an unnamed address'}:${remote.port ?? '?'}`,
    rttMs: pair.currentRoundTripTime === undefined ? undefined : pair.currentRoundTripTime * 1000,
  };
}

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
export function readLoss(stats: Stats): { packetsSent: number; packetsLost: number } {
  const sum = (type: string, field: 'packetsSent' | 'packetsLost') =>
    [...stats.values()].reduce((total, each) => total + (each.type === type ? (each[field] ?? 0) : 0), 0);
  return {
    packetsSent: sum('outbound-rtp', 'packetsSent'),
    packetsLost: sum('remote-inbound-rtp', 'packetsLost'),
  };
}

/** Above these a conversation suffers: ITU-T G.114 has 150 ms one way, and Opus conceals about 3 % well. */
const RTT_DOUBTFUL_MS = 300;
const LOSS_DOUBTFUL = 0.03;
const LOSS_WRONG = 0.15;

export function judgeQuality({ rttsMs, packetsSent, packetsLost }: Measured): Verdict {
  if (packetsSent === 0 || rttsMs.length === 0) {
    return { status: 'wrong', says: 'Nothing could be measured.', next: 'Check again.' };
  }
  const rttMs = rttsMs.toSorted((a, b) => a - b)[Math.floor(rttsMs.length / 2)] ?? 0;
  const loss = Math.max(0, packetsLost) / packetsSent;
  const figures = `Round trip ${Math.ceil(rttMs)} ms, ${(loss * 100).toFixed(1)} % of ${packetsSent} packets lost.`;
  if (loss > LOSS_WRONG) {
    const next =
      'Others will hardly understand you. Move nearer to the Wi-Fi, use a cable, or another network.';
    return { status: 'wrong', says: figures, next };
  }
  if (loss > LOSS_DOUBTFUL) {
    const next = 'Sound may break up. A cable, or being nearer to the Wi-Fi, helps most.';
    return { status: 'doubtful', says: figures, next };
  }
  if (rttMs > RTT_DOUBTFUL_MS) {
    const next =
      'Answers come late, so that people talk over each other. A VPN that is off, or another network, may help.';
    return { status: 'doubtful', says: figures, next };
  }
  return { status: 'good', says: figures };
}
