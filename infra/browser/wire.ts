import type { WebSocketRoute } from 'playwright-core';
import type { Participant } from './participant.ts';

export interface Wire {
  cut(): void;
  mend(): void;
}

/** This person's words to the server go over a wire that can be cut, from the next load on; sound and picture don't. */
export async function routeThroughWire({ page }: Participant): Promise<Wire> {
  let whole = true;
  const ends = new Set<WebSocketRoute>();
  await page.routeWebSocket(/socket\.io/, (socket) => {
    if (!whole) return void socket.close();
    for (const end of [socket, socket.connectToServer()]) ends.add(end);
  });
  return {
    cut() {
      whole = false;
      for (const end of ends) void end.close();
      ends.clear();
    },
    mend() {
      whole = true;
    },
  };
}
