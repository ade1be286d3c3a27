/** A bare mediasoup router with none of our server's code, for the tests of the media library. */
import { createWorker, type types } from 'mediasoup';
import { RtpCapabilities, RtpParameters } from '@vcallpe/shared';
import { ROUTER_CODECS } from '../../../sfu-server/src/media/codecs.ts';
import { Publisher, type PublisherOptions } from './publisher.ts';
import { Subscriber, type SubscriberOptions } from './subscriber.ts';

export interface Sent {
  publisher: Publisher;
  transport: types.WebRtcTransport;
  video?: types.Producer;
  audio?: types.Producer;
}

export interface Received {
  subscriber: Subscriber;
  transport: types.WebRtcTransport;
  consumers: types.Consumer[];
}

export class BareSfu {
  readonly #worker: types.Worker;
  readonly router: types.Router;
  readonly #closing: { close(): void }[] = [];

  private constructor(worker: types.Worker, router: types.Router) {
    this.#worker = worker;
    this.router = router;
  }

  static async start(): Promise<BareSfu> {
    const worker = await createWorker({ logLevel: 'error' });
    return new BareSfu(worker, await worker.createRouter({ mediaCodecs: ROUTER_CODECS }));
  }

  async publish(options: PublisherOptions): Promise<Sent> {
    const publisher = new Publisher(options);
    this.#closing.push(publisher);
    const transport = await this.#connect(publisher);
    const produce = (kind: 'audio' | 'video') =>
      transport.produce({ kind, rtpParameters: publisher.rtpParameters(kind) as types.RtpParameters });
    return {
      publisher,
      transport,
      ...(options.video ? { video: await produce('video') } : {}),
      ...(options.audio ? { audio: await produce('audio') } : {}),
    };
  }

  /** Consumes and resumes, the way a client of ours does. */
  async subscribe(options: SubscriberOptions, producers: readonly types.Producer[]): Promise<Received> {
    const subscriber = new Subscriber(options);
    this.#closing.push(subscriber);
    const transport = await this.#connect(subscriber);
    const rtpCapabilities = Subscriber.capabilities(
      RtpCapabilities.parse(this.router.rtpCapabilities),
      options.bandwidthEstimation,
    ) as types.RtpCapabilities;
    const consumers = await Promise.all(
      producers.map(({ id }) =>
        // Audio too can be asked for again.
        transport.consume({ producerId: id, rtpCapabilities, paused: true, enableRtx: true }),
      ),
    );
    subscriber.add(
      consumers.map(({ id, producerId, kind, rtpParameters }) => ({
        consumerId: id,
        producerId,
        kind,
        rtpParameters: RtpParameters.parse(rtpParameters),
      })),
    );
    await Promise.all(consumers.map((consumer) => consumer.resume()));
    return { subscriber, transport, consumers };
  }

  close(): void {
    for (const peer of this.#closing) peer.close();
    this.#worker.close();
  }

  async #connect(peer: Publisher | Subscriber): Promise<types.WebRtcTransport> {
    const transport = await this.router.createWebRtcTransport({
      listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
    });
    await transport.connect({ dtlsParameters: await peer.start(transport) });
    await peer.connected;
    return transport;
  }
}
