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
  | 'resumeConsumer'
  | 'setPreferredLayers';

/**
 * Transports, producers and consumers. Authorization is in the look-up: `peer.transport(id)` and its like
 * know only what belongs to the peer, so another's id is answered as NOT_FOUND.
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
    return { producerId: (await produce(room, peer, input)).id };
  },

  async pauseProducer(session, { producerId }) {
    const { room, peer } = session.place;
    await setPaused(room, peer, producerId, true);
    return {};
  },

  async resumeProducer(session, { producerId }) {
    const { room, peer } = session.place;
    await setPaused(room, peer, producerId, false);
    return {};
  },

  closeProducer(session, { producerId }) {
    session.place.peer.producer(producerId).close();
    return {};
  },

  async resumeConsumer(session, { consumerId }) {
    await session.place.peer.consumer(consumerId).resume();
    return {};
  },

  async setPreferredLayers(session, { consumerId, spatialLayer, temporalLayer }) {
    const consumer = session.place.peer.consumer(consumerId);
    if (consumer.kind !== 'video') throw new AppError('WRONG_STATE', 'Only video has layers');
    await consumer.setPreferredLayers({ spatialLayer, temporalLayer });
    return {};
  },
};
