/**
 * A client and the server that disagree on what the client sends: it believes to be heard, and its microphone is paused here, or
 * not there at all, or what it sends does not arrive. The client's word holds, since it is the person's wish, unless a host has muted or stopped it.
 */
import { may, type Input, type Output } from '@vcallpe/shared';
import { producerView, type Peer } from './peer.ts';
import type { Room } from './room.ts';

export type Mend = 'resume' | 'pause' | 'close' | 'produceAgain';

/** Every step there is, by the cause that the metric counts it under. */
export const MENDS: Record<'outOfStep' | 'producerSilent', readonly Mend[]> = {
  outOfStep: ['resume', 'pause', 'close', 'produceAgain'],
  producerSilent: ['produceAgain'],
};

export async function confirmSending(
  room: Room,
  peer: Peer,
  { producers: sent, unheard = [] }: Input<'confirmSending'>,
): Promise<Output<'confirmSending'>> {
  const mended = (mend: Mend, source: string, cause: keyof typeof MENDS = 'outOfStep') => {
    peer.log.warn({ source, cause, step: mend }, 'what is sent was out of step');
    room.onRepair(cause, mend);
  };
  for (const producer of [...peer.producers.values()]) {
    if (sent.some(({ producerId }) => producerId === producer.id)) continue;
    mended('close', producer.appData.source);
    producer.close();
  }
  const lost: string[] = [];
  for (const { producerId, source, paused } of sent) {
    const producer = peer.producers.get(producerId);
    const { heldBack } = peer;
    const told = heldBack.get(producer?.appData.source ?? source);
    if (told && (!producer || (producer.paused && !paused))) peer.channel.send('moderated', told);
    else if (!producer) {
      if (!may(peer.identity.role, source)) continue;
      mended('produceAgain', source);
      lost.push(producerId);
    } else if (producer.paused !== paused) {
      mended(paused ? 'pause' : 'resume', producer.appData.source);
      await (paused ? producer.pause() : producer.resume());
    } else if (unheard.includes(producerId) && (await room.audit.stillSilent(producer)) && !producer.closed) {
      mended('produceAgain', producer.appData.source, 'producerSilent');
      producer.close();
      lost.push(producerId);
    }
  }
  return { producers: [...peer.producers.values()].map(producerView), lost };
}
