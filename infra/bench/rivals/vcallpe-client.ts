/** Senders and receivers of a VCallPe room: guests, who come in as anyone does. */
import { randomUUID } from 'node:crypto';
import type { ConsumerOffer, JoinedRoom, TransportOptions } from '@vcallpe/shared';
import { deliver, Signaling } from '../../../client/src/conference/signaling.ts';
import { Subscriber } from '../../load/media/subscriber.ts';
import { RECEIVING, type Outgoing, type Receiver, type SfuClient } from './sfu.ts';
import { grantGuest } from './vcallpe-rest.ts';

const SOURCES = { audio: 'microphone', video: 'camera' } as const;
/** Device pixels of a tile in a page of nine. */
const TILE = { width: 400, height: 225 };

/** Somebody who is in the room. */
export interface Seat {
  leave(): Promise<void>;
}

export class VcallpeClient implements SfuClient {
  readonly #url: string;
  readonly #roomCode: string;
  readonly #signalings = new Set<Signaling>();

  constructor(url: string, roomCode: string) {
    this.#url = url;
    this.#roomCode = roomCode;
  }

  /** @param name for others to see */
  async connectSender({ sender, kinds }: Outgoing, name = 'Sender'): Promise<Seat> {
    const { signaling, joined } = await this.#enter(name);
    await connect(signaling, joined.sendTransport, sender);
    await Promise.all(
      kinds.map((kind) =>
        signaling.request('produce', {
          produceId: randomUUID(),
          transportId: joined.sendTransport.id,
          source: SOURCES[kind],
          rtpParameters: sender.rtpParameters(kind),
          paused: false,
        }),
      ),
    );
    return {
      leave: async () => {
        await signaling.request('leave', {});
        this.#signalings.delete(signaling);
        signaling.close();
      },
    };
  }

  async connectReceiver(senders: number): Promise<Receiver> {
    const { signaling, joined } = await this.#enter('Receiver');
    const sending = joined.peers.filter(({ producers }) => producers.length > 0);
    if (sending.length !== senders) throw new Error('The senders are not all connected');
    const { bandwidthEstimation } = RECEIVING;
    const subscriber = new Subscriber(RECEIVING);
    const consumerIds: string[] = [];
    const complete = Promise.withResolvers<void>();

    const take = async (consumers: readonly ConsumerOffer[]) => {
      subscriber.add(consumers);
      const ids = consumers.map(({ consumerId }) => consumerId);
      await signaling.request('resumeConsumers', { consumerIds: ids });
      consumerIds.push(...ids);
      if (consumerIds.length === sending.flatMap(({ producers }) => producers).length) complete.resolve();
    };
    const handlers = {
      consumersOffered: ({ consumers }: { consumers: ConsumerOffer[] }) =>
        void take(consumers).catch(complete.reject),
    };
    signaling.onEvent((name, payload) => deliver(handlers, name, payload));

    await Promise.all([
      connect(signaling, joined.recvTransport, subscriber),
      signaling.request('receive', {
        rtpCapabilities: Subscriber.capabilities(joined.routerRtpCapabilities, bandwidthEstimation),
        tiles: sending.map(({ peerId }) => ({ peerId, source: 'camera', ...TILE })),
      }),
      complete.promise,
    ]);
    return { subscriber, consumerIds };
  }

  close(): void {
    for (const signaling of this.#signalings) signaling.close();
  }

  async #enter(name: string): Promise<{ signaling: Signaling; joined: JoinedRoom }> {
    const { sfuUrl, roomToken } = await grantGuest(this.#url, this.#roomCode, name);
    const signaling = await Signaling.connect(sfuUrl, roomToken);
    this.#signalings.add(signaling);
    return { signaling, joined: await signaling.request('join', {}) };
  }
}

/** Resolves when the transport is up. */
async function connect(
  signaling: Signaling,
  transport: TransportOptions,
  peer: Pick<Subscriber, 'start' | 'connected'>,
): Promise<void> {
  const dtlsParameters = await peer.start(transport);
  await signaling.request('connectTransport', { transportId: transport.id, dtlsParameters });
  await peer.connected;
}
