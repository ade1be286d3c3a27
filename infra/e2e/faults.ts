/** What one person receives of another, and ways to break it behind everybody's back: in the SFU, or in front of it. */
import type { SfuNode } from '@vcallpe/sfu-server';
import type { TrackSource } from '@vcallpe/shared';
import { isRtcp, RTP_HEADER } from '../load/media/rtp-packet.ts';

export type Room = SfuNode['rooms']['rooms'] extends ReadonlyMap<string, infer R> ? R : never;

export interface Pair {
  room: Room;
  /** Who sends what, */
  fromId: string;
  source: TrackSource;
  /** and who receives it. */
  peerId: string;
  /** The two are at home on different workers, and a pipe carries it. */
  piped: boolean;
}

export function pairsOf(room: Room): Pair[] {
  const peers = [...room.peers.values()];
  return peers.flatMap((peer) =>
    peers
      .filter((from) => from !== peer)
      .flatMap((from) =>
        [...from.producers.values()].map(({ appData: { source } }) => ({
          room,
          fromId: from.id,
          source,
          peerId: peer.id,
          piped: from.home !== peer.home,
        })),
      ),
  );
}

export function producerOf({ room, fromId, source }: Pair) {
  const producer = room.peers.get(fromId)?.producerOf(source);
  if (!producer) throw new Error('There is no producer at the moment');
  return producer;
}

export function consumerOf(pair: Pair) {
  const consumer = pair.room.peers.get(pair.peerId)?.receiving.consumerOf(producerOf(pair).id);
  if (!consumer) throw new Error('There is no consumer at the moment');
  return consumer;
}

/** Methods of the worker, by their numbers in mediasoup's request.fbs. */
const WORKER = { pauseProducer: 39, pauseConsumer: 44 };

/** Has the worker of this pair's receiver do something that mediasoup's objects here do not know of. */
async function tellWorker(pair: Pair, method: number, id: string): Promise<void> {
  const { channelForTesting } = consumerOf(pair) as unknown as {
    channelForTesting: {
      request(method: number, type: undefined, offset: undefined, id: string): Promise<unknown>;
    };
  };
  await channelForTesting.request(method, undefined, undefined, id);
}

/** Streams of which no packet reaches the SFU. */
const dropped = new Set<number>();

/** Whether a packet that a browser sent may reach the SFU. */
export function mayPass(packet: Buffer): boolean {
  return !dropped.has(ssrcOf(packet));
}

/** @returns NaN unless it is RTP; its header is not encrypted */
function ssrcOf(packet: Buffer): number {
  const [first = 0] = packet;
  const rtp = packet.length >= RTP_HEADER && first >= 128 && first < 192 && !isRtcp(packet);
  return rtp ? packet.readUInt32BE(8) : NaN;
}

/** Whether what was planted is still there, by the word of the worker or of who drops the packets. */
export type IsThere = () => Promise<boolean>;

export interface Fault {
  /** Where the audit is to find that the packets stop. */
  cause: string;
  possible: (pair: Pair) => boolean;
  plant: (pair: Pair) => Promise<IsThere>;
}

/** What has closed has no fault any more, and can't be asked. */
function unlessClosed(object: { readonly closed: boolean }, ask: IsThere): IsThere {
  return async () => {
    try {
      return !object.closed && (await ask());
    } catch (error) {
      if (object.closed) return false;
      throw error;
    }
  };
}

function consumerPaused(pair: Pair): IsThere {
  const consumer = consumerOf(pair);
  return unlessClosed(consumer, async () => (await consumer.dump()).paused);
}

export const FAULT_KINDS: Record<string, Fault> = {
  'a consumer paused': {
    cause: 'consumerPaused',
    possible: () => true,
    plant: async (pair) => {
      const isThere = consumerPaused(pair);
      await consumerOf(pair).pause();
      return isThere;
    },
  },
  'a consumer paused in its worker alone': {
    cause: 'consumerPaused',
    possible: () => true,
    plant: async (pair) => {
      const isThere = consumerPaused(pair);
      await tellWorker(pair, WORKER.pauseConsumer, consumerOf(pair).id);
      return isThere;
    },
  },
  'a producer paused in its worker alone': {
    cause: 'producerPaused',
    possible: ({ piped }) => !piped,
    plant: async (pair) => {
      const producer = producerOf(pair);
      await tellWorker(pair, WORKER.pauseProducer, producer.id);
      return unlessClosed(producer, async () => (await producer.dump()).paused);
    },
  },
  'the far end of a pipe paused': {
    cause: 'notForwarded',
    possible: ({ piped }) => piped,
    plant: async (pair) => {
      const consumer = consumerOf(pair);
      // A producer has the same id at both ends of a pipe.
      await tellWorker(pair, WORKER.pauseProducer, producerOf(pair).id);
      return unlessClosed(consumer, async () => (await consumer.dump()).producerPaused);
    },
  },
  "a producer's packets dropped": {
    cause: 'producerSilent',
    possible: () => true,
    plant: async (pair) => {
      const producer = producerOf(pair);
      const drop = async () => {
        for (const { ssrc, rtxSsrc } of await producer.getStats()) {
          dropped.add(ssrc);
          if (rtxSsrc !== undefined) dropped.add(rtxSsrc);
        }
      };
      await drop();
      // What a browser sends again to find out its bandwidth is a stream that may begin only now.
      return unlessClosed(producer, () => drop().then(() => true));
    },
  },
};
