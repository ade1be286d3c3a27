/** What a peer sends: producers, made once for each produceId. */
import type { types } from 'mediasoup';
import { AppError, LIMITS, SOURCE_KIND, may, type Input, type TrackSource } from '@vcallpe/shared';
import { refusable } from '../media/refusal.ts';
import { layerHeights } from './layers.ts';
import type { MediaProducer, Peer } from './peer.ts';
import type { Room } from './room.ts';

/**
 * At most one keyframe is asked of a publisher for each of its layers in this time, ms. Many who turn to the same tile
 * share it; who comes just after it waits for the next. With 1000 a storm of joiners waited 850 ms for their tiles.
 */
const KEYFRAME_REQUEST_DELAY_MS = 200;

/**
 * @throws {AppError} FORBIDDEN when the role may not send this source; LIMIT_REACHED; WRONG_STATE when the source
 * is being sent already; NOT_FOUND for a transport that is not the peer's; VALIDATION_FAILED when mediasoup refuses.
 */
export function produce(room: Room, peer: Peer, input: Input<'produce'>): Promise<MediaProducer> {
  const made = peer.produced.get(input.produceId);
  if (made) return made;

  assertMay(peer, input.source);
  // mediasoup takes an audio codec for a producer of kind video, and every browser that is offered it stumbles.
  const kind = SOURCE_KIND[input.source];
  if (!input.rtpParameters.codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`))) {
    throw new AppError('VALIDATION_FAILED', `A ${input.source} is sent with ${kind} codecs`);
  }
  if (peer.produced.size >= LIMITS.producersPerPeer) {
    throw new AppError('LIMIT_REACHED', `You can send at most ${LIMITS.producersPerPeer} tracks`);
  }
  if (peer.transport(input.transportId) !== peer.sendTransport) {
    throw new AppError('WRONG_STATE', 'This transport is for receiving');
  }
  const making = create(room, peer, input);
  peer.produced.set(input.produceId, making);
  const forget = () => peer.produced.delete(input.produceId);
  making.then((producer) => producer.observer.once('close', forget), forget);
  return making;
}

async function create(room: Room, peer: Peer, input: Input<'produce'>): Promise<MediaProducer> {
  const { source, paused } = input;
  if (peer.sending.has(source)) {
    throw new AppError('WRONG_STATE', `You are sending your ${source} already`);
  }
  // Reserved before the await, so that two requests at once make one producer.
  peer.sending.add(source);
  const release = () => peer.sending.delete(source);
  try {
    const transport = peer.transport(input.transportId);
    const producer: MediaProducer = await refusable('These RTP parameters were refused', () =>
      transport.produce({
        kind: SOURCE_KIND[source],
        rtpParameters: input.rtpParameters as types.RtpParameters,
        paused,
        keyFrameRequestDelay: KEYFRAME_REQUEST_DELAY_MS,
        appData: {
          source,
          // The first is the media codec; those after it are for its repair.
          codec: input.rtpParameters.codecs[0]?.mimeType ?? '',
          layerHeights: layerHeights(input.rtpParameters),
          madeAt: performance.now(),
        },
      }),
    );
    producer.observer.once('close', release);
    try {
      assertStillWanted(peer, transport, source);
    } catch (error) {
      producer.close();
      throw error;
    }
    peer.heldBack.delete(source);
    room.addProducer(peer, producer);
    return producer;
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * The peer may have left, moved, or been made a viewer while the worker was busy; and what was made on a transport as it
 * closed never hears of that.
 *
 * @throws {AppError} WRONG_STATE, FORBIDDEN
 */
function assertStillWanted(peer: Peer, transport: types.Transport, source: TrackSource): void {
  peer.assertOpen();
  if (transport.closed) throw new AppError('WRONG_STATE', 'The transport was closed meanwhile');
  assertMay(peer, source);
}

/** @throws {AppError} FORBIDDEN */
function assertMay(peer: Peer, source: TrackSource): void {
  if (may(peer.identity.role, source)) return;
  throw new AppError('FORBIDDEN', `You may not send your ${source} here`);
}

/** Pauses or resumes at the SFU. The room hears of it by the producer's events, so that mute marks are true. */
export async function setPaused(peer: Peer, producerId: string, paused: boolean): Promise<void> {
  const producer = peer.producer(producerId);
  if (!paused) peer.heldBack.delete(producer.appData.source);
  await (paused ? producer.pause() : producer.resume());
}
