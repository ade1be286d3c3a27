/** Somebody who shows just what a benchmark asks for, and tells when it comes. */
import type { EventPayload, JoinedRoom, JoinGrant, PeerId, ProducerId, Tile } from '@vcallpe/shared';
import { enterRaw, type RawClient } from '../../flows/raw-client.ts';
import { Subscriber } from '../../load/media/subscriber.ts';

export class Viewer {
  readonly peerId: PeerId;
  /** The first packet of a sound, or the first frame of a video, after it was offered or asked for again. */
  onFirst: ((producerId: ProducerId, atMs: number) => void) | undefined;
  readonly #raw: RawClient;
  readonly #subscriber: Subscriber;
  readonly #producerOf = new Map<string, ProducerId>();

  static async enter(grant: JoinGrant): Promise<Viewer> {
    const raw = await enterRaw(grant);
    const joined = await raw.request<JoinedRoom>('join');
    const { recvTransport, routerRtpCapabilities } = joined;
    const subscriber = new Subscriber({ transport: 'lean', bandwidthEstimation: 'twcc' });
    const viewer = new Viewer(joined.self.peerId, raw, subscriber);
    const dtlsParameters = await subscriber.start(recvTransport);
    await raw.request('connectTransport', { transportId: recvTransport.id, dtlsParameters });
    await subscriber.connected;
    const rtpCapabilities = Subscriber.capabilities(routerRtpCapabilities, 'twcc');
    await raw.request('receive', { rtpCapabilities, tiles: [] });
    return viewer;
  }

  private constructor(peerId: PeerId, raw: RawClient, subscriber: Subscriber) {
    this.peerId = peerId;
    this.#raw = raw;
    this.#subscriber = subscriber;
    subscriber.onFirstFrame = (consumerId, atMs) => {
      const producerId = this.#producerOf.get(consumerId);
      if (producerId) this.onFirst?.(producerId, atMs);
    };
    raw.socket.on('event', (name: string, payload: unknown) => {
      if (name === 'consumersOffered') void this.#take(payload as EventPayload<'consumersOffered'>);
    });
  }

  show(tiles: Tile[]): Promise<unknown> {
    return this.#raw.request('show', { tiles });
  }

  close(): void {
    this.#subscriber.close();
    this.#raw.close();
  }

  #take({ consumers }: EventPayload<'consumersOffered'>): Promise<unknown> {
    for (const { consumerId, producerId } of consumers) this.#producerOf.set(consumerId, producerId);
    this.#subscriber.add(consumers);
    return this.#raw.request('resumeConsumers', {
      consumerIds: consumers.map(({ consumerId }) => consumerId),
    });
  }
}
