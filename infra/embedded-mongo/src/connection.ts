// One client connection: bytes in, commands run one after another, answers out.
import type { Socket } from 'node:net';
import { messageOf } from './errors.ts';
import { encodeReply, Framer, parseMessage, type Request } from './wire.ts';
import type { Doc } from './values.ts';

/** Serves a socket. `run` answers one command and never throws; `log` gets a line when a client sends garbage. */
export function serveConnection(
  socket: Socket,
  run: (request: Request) => Doc,
  log: (line: string) => void,
): void {
  const framer = new Framer();
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const message of framer.push(chunk)) {
        const request = parseMessage(message);
        const reply = run(request);
        if (request.wantsReply && !socket.write(encodeReply(request, reply))) {
          // A client that does not read its answers gets no more of them until it does.
          socket.pause();
          socket.once('drain', () => socket.resume());
        }
      }
    } catch (error) {
      log(`closed a connection: ${messageOf(error)}`);
      socket.destroy();
    }
  });
  // A client that goes away in the middle of something is no event.
  socket.on('error', () => socket.destroy());
}
