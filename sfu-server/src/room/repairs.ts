/** What the media audit does about a pair that should flow and does not. */
import type { Repair } from '@vcallpe/shared';
import { reachesConsumer, type Cause } from './diagnosis.ts';
import type { Peer } from './peer.ts';
import type { Held } from './receiving.ts';
import type { Room } from './room.ts';

export type Step = 'resume' | 'keyframe' | 'consumeAgain' | 'askPublisher' | Repair;

/** What is done about each cause, the mildest first. */
export const STEPS: Record<Cause, readonly Step[]> = {
  consumerPaused: ['resume', 'consumeAgain'],
  producerPaused: ['resume'],
  notForwarded: ['keyframe', 'consumeAgain', 'openTransports'],
  publisherSilent: ['restartIce', 'openTransports'],
  producerSilent: ['askPublisher', 'askPublisher'],
  notReceived: ['restartIce', 'openTransports'],
  // The path is well, and everything else on it would be cut for this.
  oneNotReceived: ['consumeAgain'],
};

/** How long a step has to show that it helped, ms. A client whose restarted path stays silent opens another after 1 s. */
export const HELPS_WITHIN_MS: Record<Step, number> = {
  resume: 800,
  keyframe: 500,
  consumeAgain: 1_200,
  askPublisher: 1_200,
  restartIce: 1_500,
  openTransports: 3_000,
};

/** A keyframe is of no use to sound, nor to a consumer that nothing comes to. */
export function takesKeyframe({ consumer }: Held): boolean {
  return consumer.kind === 'video' && reachesConsumer(consumer);
}

export async function repair(room: Room, peer: Peer, held: Held, cause: Cause, step: Step): Promise<void> {
  const { consumer, producer, from } = held;
  switch (step) {
    case 'resume':
      await (cause === 'producerPaused' ? producer : consumer).resume();
      return;
    case 'keyframe':
      await consumer.requestKeyFrame();
      return;
    case 'consumeAgain':
      await consumeAgain(room, peer, held);
      return;
    case 'askPublisher':
      from.channel.send('producerSilent', { producerId: producer.id });
      return;
    case 'restartIce':
    case 'openTransports': {
      if (cause === 'publisherSilent') {
        from.channel.send('repair', { direction: 'send', step });
        // Who has vanished without a word is not to stand still in front of the others for long.
        from.doubt();
      } else peer.channel.send('repair', { direction: 'recv', step });
    }
  }
}

/**
 * What comes through a pipe may have stopped there, and the pipe is kept while anybody uses it: so all who are at home
 * with this peer get it through a new one.
 */
async function consumeAgain(
  room: Room,
  { home, receiving }: Peer,
  { consumer, producer, from }: Held,
): Promise<void> {
  consumer.close();
  if (!home || home === from.home) return receiving.reconcile(room);
  const neighbours = [...room.peers.values()].filter((each) => each.home === home);
  for (const each of neighbours) each.receiving.consumerOf(producer.id)?.close();
  await Promise.all(neighbours.map((each) => each.receiving.reconcile(room)));
}
