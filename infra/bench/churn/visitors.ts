/** People who come into a VCallPe room, are seen, and go. */
import { until } from '../../browser/wait.ts';
import { serve } from '../assistant.ts';
import { makeSender } from '../rivals/sfu.ts';
import { VcallpeClient } from '../rivals/vcallpe-client.ts';

/** About two seconds of pictures. */
const SEEN_PACKETS = 60;

let client: VcallpeClient | undefined;

async function visit(index: number): Promise<void> {
  if (!client) throw new Error('No room is opened');
  const outgoing = makeSender(index);
  try {
    const seat = await client.connectSender(outgoing, `Visitor ${index}`);
    // Only who receives the picture asks for a keyframe; but whoever was ready before the first one came asks for none.
    await until('somebody to see the visitor', () =>
      outgoing.sender.stats.video.some(
        ({ keyframeRequests, packets }) => keyframeRequests > 0 || packets >= SEEN_PACKETS,
      ),
    );
    await seat.leave();
  } finally {
    outgoing.sender.close();
  }
}

const methods = {
  open({ url, roomCode }: { url: string; roomCode: string }) {
    client = new VcallpeClient(url, roomCode);
  },

  /** Visitors with these numbers, together. Resolves when all have left. */
  async visit({ first, count }: { first: number; count: number }) {
    await Promise.all(Array.from({ length: count }, (_, i) => visit(first + i)));
  },
};
export type VisitorMethods = typeof methods;

serve(methods);
