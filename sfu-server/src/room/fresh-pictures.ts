/** A path that changed lost what was on the way: pictures begin anew, before a decoder has waited for 3 s and asks. */
import type { Direction } from '../media/transports.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/** Asks for keyframes of every video that goes over this transport now. */
export function askForKeyFrames(room: Room, peer: Peer, direction: Direction): void {
  const consumers = direction === 'recv' ? peer.receiving.consumers.values() : [...ownConsumers(room, peer)];
  for (const consumer of consumers) {
    if (consumer.kind !== 'video' || consumer.paused || consumer.producerPaused) continue;
    consumer.requestKeyFrame().catch((error: unknown) => {
      if (!consumer.closed) peer.log.debug({ err: error }, 'no keyframe was asked for');
    });
  }
}

/** For each video that the peer sends one consumer of it: the request ends up at the producer whoever makes it. */
function* ownConsumers(room: Room, { producers }: Peer) {
  for (const { id, kind } of producers.values()) {
    if (kind !== 'video') continue;
    for (const viewer of room.joinedPeers()) {
      const consumer = viewer.receiving.consumerOf(id);
      if (!consumer || consumer.paused) continue;
      yield consumer;
      break;
    }
  }
}
