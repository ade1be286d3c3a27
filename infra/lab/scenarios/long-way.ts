import { connected, flowing } from '../aims/media.ts';
import { undisturbed } from '../aims/tiles.ts';
import type { Scenario } from '../scenario.ts';

/** Of each packet, each way, ms. */
const DELAY_MS = 300;

export const longWay: Scenario = {
  name: 'long-way',
  what: `a round trip of ${2 * DELAY_MS} ms to Ben; after 18 s Mia turns off both camera and microphone for 5 s`,
  delays: true,
  before: (home) => home.delay(DELAY_MS),
  steps: [
    {
      afterMs: 18_000,
      does: async ({ mia }) => {
        await mia.press('Mute');
        await mia.press('Turn camera off');
      },
    },
    {
      afterMs: 5_000,
      does: async ({ mia }) => {
        await mia.press('Unmute');
        await mia.press('Turn camera on');
      },
    },
  ],
  watchMs: 7_000,
  // From the click to media there are about fifteen ways there and back: HTTPS, WebSocket, join, ICE, DTLS, first frame.
  aims: [connected(12_000), undisturbed, flowing],
};
