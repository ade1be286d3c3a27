import { flowing, mediaAgain, noAudioGap } from '../aims/media.ts';
import { replaced, saidInWords, samePeer } from '../aims/tiles.ts';
import { noTcpPort, PORTS } from '../rules.ts';
import type { Scenario, Step } from '../scenario.ts';

function cutFor(seconds: number): Step[] {
  return [
    { afterMs: 5_000, does: ({ ben }) => ben.home.firewall(...noTcpPort(PORTS.signaling)) },
    { afterMs: seconds * 1_000, does: ({ ben }) => ben.home.firewall() },
  ];
}

/** One after the other in one call, where nothing may show. A second may pass unnoticed; more has to be said. */
export const socketCuts: Scenario = {
  name: 'socket-cuts',
  what: 'no signaling for 1 s, for 10 s, and for 14 s',
  steps: [...cutFor(1), ...cutFor(10), ...cutFor(14)],
  watchMs: 5_000,
  aims: [samePeer, noAudioGap(0), saidInWords(2, 4), saidInWords(4), flowing],
};

/** Longer than the place is kept: Ben comes back by himself, as somebody new. */
export const socketCut30: Scenario = {
  name: 'socket-cut-30',
  what: 'no signaling for 30 s',
  steps: cutFor(30),
  watchMs: 14_000,
  // The issue asks for no time; longer than this nobody would call it "by itself".
  aims: [mediaAgain(1, 12_000), replaced, saidInWords(0), flowing],
};
