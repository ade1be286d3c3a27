/** What a peer receives: one consumer for each producer of the others that its device can decode. */
import type { types } from 'mediasoup';
import { LIMITS, type RtpParameters } from '@vcallpe/shared';
import { refusable } from '../media/refusal.ts';
import type { MediaProducer, Peer } from './peer.ts';
import type { Room } from './room.ts';

/**
 * Makes the peer's consumers match what it should receive. Idempotent: what is held already stays, so it may
 * be called whenever a producer appears or the peer becomes able to receive. Failures are logged one by one
 * and don't keep the other consumers from being made.
 */
export async function reconcile(room: Room, peer: Peer): Promise<void> {
  const missing = [...room.joinedPeers()]
    .filter((other) => other !== peer)
    .flatMap((other) => [...other.producers.values()].map((producer) => ({ other, producer })))
    .filter(({ producer }) => !peer.consumedProducers.has(producer.id));
  await Promise.all(missing.map(({ other, producer }) => offer(room, peer, other, producer)));
}

async function offer(room: Room, peer: Peer, from: Peer, producer: MediaProducer): Promise<void> {
  const { rtpCapabilities, recvTransport } = peer;
  if (!rtpCapabilities || !recvTransport || peer.closed) return;
  if (!room.router.canConsume({ producerId: producer.id, rtpCapabilities })) {
    peer.log.warn({ producer: producer.id }, 'the device of this peer can not decode this producer');
    return;
  }
  if (peer.consumedProducers.size >= LIMITS.consumersPerPeer) {
    peer.log.warn({ limit: LIMITS.consumersPerPeer }, 'too many consumers, no more are offered');
    return;
  }
  // Reserved before the await, so that two calls at once make one consumer.
  peer.consumedProducers.add(producer.id);
  try {
    const consumer = await refusable('Can not consume', () =>
      recvTransport.consume({
        producerId: producer.id,
        rtpCapabilities,
        // A keyframe asked for before the client can take it would be lost; it resumes when it is ready.
        paused: true,
      }),
    );
    // Re-read the world after the await: either end may be gone, and then its event may have passed us by.
    if (peer.closed || producer.closed) {
      consumer.close();
      peer.consumedProducers.delete(producer.id);
      return;
    }
    hold(peer, consumer);
    peer.channel.send('consumerOffered', {
      consumerId: consumer.id,
      producerId: producer.id,
      peerId: from.id,
      source: producer.appData.source,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters as RtpParameters,
      producerPaused: consumer.producerPaused,
    });
  } catch (error) {
    peer.consumedProducers.delete(producer.id);
    if (!peer.closed && !producer.closed)
      peer.log.error({ err: error, producer: producer.id }, 'no consumer');
  }
}

function hold(peer: Peer, consumer: types.Consumer): void {
  peer.consumers.set(consumer.id, consumer);
  consumer.observer.once('close', () => {
    peer.consumers.delete(consumer.id);
    peer.consumedProducers.delete(consumer.producerId);
  });
  consumer.once('producerclose', () => peer.channel.send('consumerClosed', { consumerId: consumer.id }));
}
