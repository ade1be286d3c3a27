/** A wire between a client and the SFU's signaling that a test can cut, mend and make slow. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

export interface CutProxy {
  /** In the place of the SFU's own address. */
  url: string;
  /** Everything that goes over it breaks, and nothing new gets through until `mend`. */
  cut(): void;
  /** Everything that is on its way stays there, and neither end is told. */
  freeze(): void;
  /** Whole, and as fast as it can be. */
  mend(): void;
  /** From now on everything takes so long in each direction, ms. */
  slow(ms: number): void;
  close(): Promise<void>;
}

/** @param target address of the SFU */
export async function startCutProxy(target: string): Promise<CutProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let whole = true;
  let delayMs = 0;
  const late = () =>
    new Transform({
      transform: (chunk, _encoding, done) =>
        delayMs === 0 ? done(null, chunk) : void setTimeout(done, delayMs, null, chunk),
    });
  const server = createServer((socket) => {
    if (!whole) return void socket.destroy();
    const onward = connect(Number(port), hostname);
    for (const [end, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        open.delete(end);
        other.destroy();
      });
      end.pipe(late()).pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      whole = false;
      breakAll();
    },
    freeze() {
      whole = false;
      for (const socket of open) socket.pause();
    },
    mend() {
      whole = true;
      delayMs = 0;
    },
    slow(ms) {
      delayMs = ms;
    },
    async close() {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
