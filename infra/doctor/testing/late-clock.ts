/** A service whose clock is off: a proxy in front of it that shifts what it says in the Date header. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LateClock {
  url: string;
  close(): Promise<void>;
}

/** @param aheadMs by how much the clock is ahead */
export async function shiftClock(origin: string, aheadMs: number): Promise<LateClock> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const forwarded = request(new URL(url ?? '/', origin), { method, headers }, (answer) => {
      const date = new Date(Date.now() + aheadMs).toUTCString();
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, date });
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
