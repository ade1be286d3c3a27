import { flowing, mediaAgain, noAudioGap } from '../aims/media.ts';
import { replaced, saidInWords, samePeer } from '../aims/tiles.ts';
import { noTcpPort, PORTS } from '../rules.ts';
import type { Scenario, Step } from '../scenario.ts';

function cutFor(ms: number): Step[] {
  return [
    { afterMs: 3_000, does: ({ ben }) => ben.home.firewall(...noTcpPort(PORTS.signaling)) },
    { afterMs: ms, does: ({ ben }) => ben.home.firewall() },
  ];
}

/** A second may pass unnoticed; more has to be said. */
const shortCut = (seconds: number): Scenario => ({
  name: `socket-cut-${seconds}`,
  what: `no signaling for ${seconds} s`,
  steps: cutFor(seconds * 1_000),
  watchMs: 5_000,
  aims: [samePeer, noAudioGap(0), ...(seconds > 1 ? [saidInWords(0)] : []), flowing],
});

export const socketCut1 = shortCut(1);
export const socketCut10 = shortCut(10);
export const socketCut14 = shortCut(14);

/** Longer than the place is kept: Ben comes back by himself, as somebody new. */
export const socketCut30: Scenario = {
  name: 'socket-cut-30',
  what: 'no signaling for 30 s',
  steps: cutFor(30_000),
  watchMs: 15_000,
  // The issue asks for no time; longer than this nobody would call it "by itself".
  aims: [mediaAgain(1, 12_000), replaced, saidInWords(0), flowing],
};
