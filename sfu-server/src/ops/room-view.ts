/** One room as admins see it, with what its peers send and receive now. */
import { ADMIN_PEERS_PER_PAGE, type AdminPeer, type AdminRoomDetail } from '@vcallpe/shared';
import type { RoomRouter } from '../room/mesh.ts';
import type { Peer } from '../room/peer.ts';
import type { Room } from '../room/room.ts';
import { roomView } from './node-view.ts';

/** How long an answer is given again, ms: less than the page waits between two looks, so that one viewer never sees it. */
const FRESH_MS = 1_500;

type HousedPeer = Peer & { home: RoomRouter };

/**
 * Bitrates are asked of the workers, so that only happens while somebody looks, for a page of peers, and for one page of
 * one room at a time: another one waits until the answer before it is complete.
 */
export class RoomView {
  #last: { room: Room; page: number; askedAt: number; answer: Promise<AdminRoomDetail> } | undefined;

  /** @param page from 1; beyond the last it is the last */
  look(room: Room, page: number): Promise<AdminRoomDetail> {
    const last = this.#last;
    const askedAt = performance.now();
    if (last?.room === room && last.page === page && askedAt - last.askedAt < FRESH_MS) return last.answer;
    const before = last?.answer.catch(() => undefined);
    const answer = Promise.resolve(before).then(() => describe(room, page));
    this.#last = { room, page, askedAt, answer };
    return answer;
  }
}

async function describe(room: Room, wantedPage: number): Promise<AdminRoomDetail> {
  const peers = [...room.peers.values()].filter((peer): peer is HousedPeer => peer.home !== undefined);
  const pages = Math.max(1, Math.ceil(peers.length / ADMIN_PEERS_PER_PAGE));
  const page = Math.min(wantedPage, pages);
  const pipes = [...room.mesh.pipes.keys];
  return {
    at: new Date().toISOString(),
    room: roomView(room),
    routers: [...room.mesh.routers.values()].map((home) => ({
      worker: home.mediaWorker.index,
      peers: home.peers,
      pipesIn: pipes.filter((key) => key.endsWith(`>${home.router.id}`)).length,
    })),
    page,
    pages,
    peers: await Promise.all(
      peers.slice((page - 1) * ADMIN_PEERS_PER_PAGE, page * ADMIN_PEERS_PER_PAGE).map(describePeer),
    ),
  };
}

async function describePeer(peer: HousedPeer): Promise<AdminPeer> {
  const consumers = [...peer.receiving.consumers.values()];
  const active = consumers.filter(({ paused, producerPaused }) => !paused && !producerPaused).length;
  const [up, down] = await Promise.all([statsOf(peer.sendTransport), statsOf(peer.recvTransport)]);
  return {
    peerId: peer.id,
    displayName: peer.identity.displayName,
    role: peer.identity.role,
    worker: peer.home.mediaWorker.index,
    producers: [...peer.producers.values()].map(({ appData: { source }, paused }) => ({ source, paused })),
    consumers: { active, paused: consumers.length - active },
    upBps: Math.round(up?.recvBitrate ?? 0),
    downBps: Math.round(down?.sendBitrate ?? 0),
  };
}

/** Undefined for a transport that is not there yet, or is gone by the time its worker is asked. */
async function statsOf(transport: Peer['sendTransport']) {
  try {
    return (await transport?.getStats())?.[0];
  } catch (error) {
    if (transport?.closed) return undefined;
    throw error;
  }
}
