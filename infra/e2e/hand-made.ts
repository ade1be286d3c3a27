/** Messages that a person writes by hand, over the socket of their own page: what the page would never send. */
import { AppError, REQUEST_CHANNEL, type Ack } from '@vcallpe/shared';
import type { WebSocketRoute } from 'playwright-core';
import type { Participant } from '../browser/participant.ts';

export interface HandMade {
  /** @throws {AppError} what the server refused with */
  request<T = unknown>(method: string, input?: unknown): Promise<T>;
}

/** Far from the numbers that the page gives its own requests. */
const FIRST_ID = 1_000_000;

/** Comes between page and server; to be called before the page joins. */
export async function handMadeMessages({ page }: Participant): Promise<HandMade> {
  let server: WebSocketRoute | undefined;
  let lastId = FIRST_ID;
  const waiting = new Map<string, (ack: Ack<unknown>) => void>();
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const upstream = socket.connectToServer();
    server = upstream;
    socket.onMessage((message) => upstream.send(message));
    upstream.onMessage((message) => {
      // Socket.IO's packet of an acknowledgement: 43, the number of the request, the arguments.
      const [, id = '', args = ''] = /^43(\d+)(\[.*\])$/s.exec(String(message)) ?? [];
      const answer = waiting.get(id);
      if (!answer) return socket.send(message);
      waiting.delete(id);
      answer((JSON.parse(args) as [Ack<unknown>])[0]);
    });
  });
  return {
    async request<T>(method: string, input: unknown = {}) {
      if (!server) throw new Error('The page has no socket yet');
      const id = String((lastId += 1));
      const answered = new Promise<Ack<unknown>>((resolve) => waiting.set(id, resolve));
      server.send(`42${id}${JSON.stringify([REQUEST_CHANNEL, method, input])}`);
      const ack = await answered;
      if (!ack.ok) throw AppError.fromBody(ack.error);
      return ack.data as T;
    },
  };
}
