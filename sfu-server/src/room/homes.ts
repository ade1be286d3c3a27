/** Where peers are at home: one of the room's routers, with two transports there. A home can be lost while its peer stays. */
import type { Transports, TransportsLostReason } from '@vcallpe/shared';
import {
  createTransport,
  transportsView,
  type Direction,
  type TransportSettings,
} from '../media/transports.ts';
import type { RoomMesh } from './mesh.ts';
import type { Peer } from './peer.ts';

/** A client that was told to open new transports, and has not in so long, is not going to, ms. */
const REOPEN_WITHIN_MS = 20_000;

export class Homes {
  readonly #mesh: RoomMesh;
  readonly #settings: TransportSettings;
  readonly #onNewPath: (peer: Peer, direction: Direction) => void;
  readonly #resettling = new Map<Peer, Promise<Transports>>();
  /** Of those who were told to open new transports. */
  readonly #waiting = new Map<Peer, NodeJS.Timeout>();

  /** @param onNewPath a transport reaches its client another way than before */
  constructor(
    mesh: RoomMesh,
    settings: TransportSettings,
    onNewPath: (peer: Peer, direction: Direction) => void,
  ) {
    this.#mesh = mesh;
    this.#settings = settings;
    this.#onNewPath = onNewPath;
  }

  /**
   * A home for the peer, and two transports there.
   *
   * @throws {AppError} UNAVAILABLE when no worker takes peers; WRONG_STATE when the peer or the room closes meanwhile.
   */
  async settle(peer: Peer): Promise<Transports> {
    const home = await this.#mesh.place();
    if (peer.closed) {
      this.#mesh.release(home);
      peer.assertOpen();
    }
    peer.home = home;
    const open = async (direction: Direction) => {
      const transport = await createTransport(home.router, home.mediaWorker, direction, this.#settings);
      peer.addTransport(transport);
      // The first path is not a new one: nothing was lost on another.
      transport.once('iceselectedtuplechange', () => {
        transport.on('iceselectedtuplechange', () => this.#onNewPath(peer, direction));
      });
      return transport;
    };
    const [send, recv] = await Promise.all([open('send'), open('recv')]);
    if (peer.closed) for (const transport of [send, recv]) transport.close();
    peer.assertOpen();
    peer.sendTransport = send;
    peer.recvTransport = recv;
    peer.transportsLost = undefined;
    this.#stopWaiting(peer);
    return transportsView(send, recv);
  }

  /** Gives the peer's home back, with its transports. Idempotent. */
  unsettle(peer: Peer): void {
    if (peer.closed) this.#stopWaiting(peer);
    const { home } = peer;
    peer.home = undefined;
    peer.closeTransports();
    if (home) this.#mesh.release(home);
  }

  /**
   * New transports for a peer that stays, wherever there is room now; those it had close. Asked again while they are being
   * opened, because the socket was lost meanwhile, it gets the same ones.
   *
   * @throws {AppError} as `settle`
   */
  resettle(peer: Peer): Promise<Transports> {
    let resettling = this.#resettling.get(peer);
    if (!resettling) {
      resettling = this.#resettle(peer).finally(() => this.#resettling.delete(peer));
      this.#resettling.set(peer, resettling);
    }
    return resettling;
  }

  async #resettle(peer: Peer): Promise<Transports> {
    this.unsettle(peer);
    const transports = await this.settle(peer);
    peer.log.info({ worker: peer.home?.mediaWorker.index }, 'transports opened anew');
    return transports;
  }

  /**
   * Has a peer open its transports elsewhere. What it has goes on until it does so, unless its worker died.
   *
   * @param onStuck called when it has not done so in time
   */
  moveAway(peer: Peer, reason: TransportsLostReason, onStuck: () => void): void {
    peer.transportsLost = reason;
    if (reason === 'workerDied') this.unsettle(peer);
    peer.channel.send('transportsLost', { reason });
    this.#stopWaiting(peer);
    this.#waiting.set(peer, setTimeout(onStuck, REOPEN_WITHIN_MS).unref());
  }

  #stopWaiting(peer: Peer): void {
    clearTimeout(this.#waiting.get(peer));
    this.#waiting.delete(peer);
  }
}
