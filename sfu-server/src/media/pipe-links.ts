/**
 * The transports between two routers, one pair for all pipes in both directions. mediasoup's own `pipeToRouter` keeps a pair that
 * could not be opened, so that one refused socket would cut the two routers off from each other for as long as they live.
 */
import type { types } from 'mediasoup';
import { SOCKET_BUFFER_BYTES } from './media-worker.ts';

/** One end of a link, and the other. */
export interface PipeLink {
  readonly near: types.PipeTransport;
  readonly far: types.PipeTransport;
}

const OPTIONS: types.PipeTransportOptions = {
  listenInfo: {
    protocol: 'udp',
    ip: '127.0.0.1',
    // One socket carries everything between two routers: with the kernel's default buffers bursts are lost.
    sendBufferSize: SOCKET_BUFFER_BYTES,
    recvBufferSize: SOCKET_BUFFER_BYTES,
  },
  // What is lost all the same is asked for again.
  enableRtx: true,
  enableSctp: false,
};

export class PipeLinks {
  readonly #links = new Map<string, Promise<PipeLink>>();

  /** The link of two routers, opened when there is none. @throws what mediasoup throws; the next call tries again */
  async between(from: types.Router, to: types.Router): Promise<PipeLink> {
    const [first, second] = from.id < to.id ? [from, to] : [to, from];
    const key = `${first.id}-${second.id}`;
    let link = this.#links.get(key);
    if (!link) {
      link = open(first, second, () => this.#links.delete(key));
      this.#links.set(key, link);
    }
    const { near, far } = await link;
    return from === first ? { near, far } : { near: far, far: near };
  }
}

/** @param onGone called once when the link can't be used any more, or never could */
async function open(first: types.Router, second: types.Router, onGone: () => void): Promise<PipeLink> {
  const ends: types.PipeTransport[] = [];
  try {
    const opened = await Promise.allSettled([first, second].map((each) => each.createPipeTransport(OPTIONS)));
    for (const end of opened) if (end.status === 'fulfilled') ends.push(end.value);
    for (const end of opened) if (end.status === 'rejected') throw end.reason;
    const [near, far] = ends as [types.PipeTransport, types.PipeTransport];
    await Promise.all([near.connect(addressOf(far)), far.connect(addressOf(near))]);
    if (near.closed || far.closed) throw new Error('A router closed while it was being linked');
    near.observer.once('close', () => {
      far.close();
      onGone();
    });
    far.observer.once('close', () => near.close());
    return { near, far };
  } catch (error) {
    for (const end of ends) end.close();
    onGone();
    throw error;
  }
}

const addressOf = ({ tuple }: types.PipeTransport) => ({ ip: tuple.localAddress, port: tuple.localPort });
