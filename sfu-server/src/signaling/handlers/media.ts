import { AppError } from '@vcallpe/shared';
import { refusable } from '../../media/refusal.ts';
import { produce, setPaused } from '../../room/publishing.ts';
import type { Handlers } from '../dispatch.ts';

type MediaMethod =
  | 'connectTransport'
  | 'restartIce'
  | 'produce'
  | 'pauseProducer'
  | 'resumeProducer'
  | 'closeProducer'
  | 'resumeConsumers';

/**
 * Transports, producers and consumers. Authorization is in the look-up: `peer.transport(id)` and its like
 * know only what belongs to the peer, so another's id is answered as NOT_FOUND. Consumers that are not, or no longer,
 * the peer's are passed over, because they close while a client is busy with them.
 */
export const mediaHandlers: Pick<Handlers, MediaMethod> = {
  async connectTransport(session, { transportId, dtlsParameters }) {
    const { peer } = session.place;
    const transport = peer.transport(transportId);
    if (!peer.claimConnect(transport))
      throw new AppError('WRONG_STATE', 'This transport is connected already');
    await refusable('These DTLS parameters were refused', () => transport.connect({ dtlsParameters }));
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

  resumeConsumers(session, { consumerIds }) {
    session.place.peer.receiving.ready(consumerIds);
    return {};
  },
};
