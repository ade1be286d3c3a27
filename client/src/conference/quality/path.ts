/** The way that media takes to the server, from a browser's statistics. Pure. */
import type { StatsEntry, StatsReports } from '../stats.ts';

/** Of what kind a way is. */
export interface Way {
  /** How the first part goes out of this browser. */
  carrier: 'udp' | 'tcp' | 'tls';
  /** Over a TURN server. */
  relayed: boolean;
}

export interface Path extends Way {
  /** Where the media server is, as `address:port`. */
  server: string;
  /** ms; undefined until it was measured. */
  rttMs?: number;
}

/** The pair of candidates that media takes now; undefined while there is none. */
export function selectedPair(stats: StatsReports): StatsEntry | undefined {
  let nominated: StatsEntry | undefined;
  for (const entry of stats.values()) {
    const chosen = entry.type === 'transport' && stats.get(entry.selectedCandidatePairId ?? '');
    if (chosen) return chosen;
    if (entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded')
      nominated ??= entry;
  }
  // Firefox has no entry for the transport.
  return nominated;
}

/** @param pair of candidates; undefined when its own one is not known */
export function wayOf(stats: StatsReports, pair: StatsEntry): Way | undefined {
  const local = stats.get(pair.localCandidateId ?? '');
  if (!local) return undefined;
  const relayed = local.candidateType === 'relay';
  const carrier = relayed ? local.relayProtocol : local.protocol;
  return { carrier: carrier === 'tcp' || carrier === 'tls' ? carrier : 'udp', relayed };
}

export function readPath(stats: StatsReports): Path | undefined {
  const pair = selectedPair(stats);
  const way = pair && wayOf(stats, pair);
  const remote = stats.get(pair?.remoteCandidateId ?? '');
  if (!way || !remote) return undefined;
  return {
    ...way,
    server: `${remote.address ?? 'an unnamed address'}:${remote.port ?? '?'}`,
    rttMs: pair.currentRoundTripTime === undefined ? undefined : pair.currentRoundTripTime * 1000,
  };
}
