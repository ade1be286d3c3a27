import { refusable } from '../../media/refusal.ts';
import { confirmSending } from '../../room/confirm.ts';
import { produce, setPaused } from '../../room/publishing.ts';
import type { Handlers } from '../dispatch.ts';

type MediaMethod =
  | 'openTransports'
  | 'connectTransport'
  | 'restartIce'
  | 'produce'
  | 'pauseProducer'
  | 'resumeProducer'
  | 'closeProducer'
  | 'confirmSending'
  | 'resumeConsumers'
  | 'stalled';

/**
 * Transports, producers and consumers. Authorization is in the look-up: `peer.transport(id)` and its like
 * know only what belongs to the peer, so another's id is answered as NOT_FOUND. Consumers that are not, or no longer,
 * the peer's are passed over, because they close while a client is busy with them.
 */
export const mediaHandlers: Pick<Handlers, MediaMethod> = {
  openTransports(session) {
    const { room, peer } = session.place;
    return room.homes.resettle(peer);
  },

  async connectTransport(session, { transportId, dtlsParameters }) {
    const { peer } = session.place;
    const transport = peer.transport(transportId);
    if (!peer.claimConnect(transport, dtlsParameters)) return {};
    try {
      await refusable('These DTLS parameters were refused', () => transport.connect({ dtlsParameters }));
    } catch (error) {
      peer.disclaimConnect(transport);
      throw error;
    }
    return {};
  },

  async restartIce(session, { transportId }) {
    return { iceParameters: await session.place.peer.transport(transportId).restartIce() };
  },

  async produce(session, input) {
    const { room, peer } = session.place;
    const { id } = await produce(room, peer, input);
    return { producerId: id, maxSpatialLayer: room.demand.told(id) };
  },

  async pauseProducer(session, { producerId }) {
    await setPaused(session.place.peer, producerId, true);
    return {};
  },

  async resumeProducer(session, { producerId }) {
    await setPaused(session.place.peer, producerId, false);
    return {};
  },

  closeProducer(session, { producerId }) {
    session.place.peer.producer(producerId).close();
    return {};
  },

  confirmSending(session, input) {
    const { room, peer } = session.place;
    return confirmSending(room, peer, input);
  },

  resumeConsumers(session, { consumerIds }) {
    session.place.peer.receiving.ready(consumerIds);
    return {};
  },

  stalled(session, { consumerIds }) {
    const { room, peer } = session.place;
    room.audit.report(peer, consumerIds);
    return {};
  },
};
