/** Senders and receivers of the bare router. */
import { Subscriber } from '../../load/media/subscriber.ts';
import { askBare } from './bare-requests.ts';
import { RECEIVING, type Outgoing, type Receiver, type SfuClient } from './sfu.ts';

/** A camera and a microphone. */
const KINDS = 2;

export class BareClient implements SfuClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async connectSender({ sender, kinds }: Outgoing): Promise<void> {
    const transportId = await this.#connect(sender);
    for (const kind of kinds) {
      await askBare(this.#url, 'produce', { transportId, kind, rtpParameters: sender.rtpParameters(kind) });
    }
  }

  async connectReceiver(senders: number): Promise<Receiver> {
    const producerIds = await askBare(this.#url, 'producers', {});
    if (producerIds.length !== senders * KINDS) throw new Error('The senders are not all connected');
    const subscriber = new Subscriber(RECEIVING);
    const rtpCapabilities = Subscriber.capabilities(
      await askBare(this.#url, 'capabilities', {}),
      RECEIVING.bandwidthEstimation,
    );
    const transportId = await this.#connect(subscriber);
    const subscriptions = [];
    for (const producerId of producerIds) {
      subscriptions.push(await askBare(this.#url, 'consume', { transportId, producerId, rtpCapabilities }));
    }
    subscriber.add(subscriptions);
    await Promise.all(subscriptions.map(({ consumerId }) => askBare(this.#url, 'resume', { consumerId })));
    return { subscriber, consumerIds: subscriptions.map(({ consumerId }) => consumerId) };
  }

  close(): void {}

  /** The id of a new transport that is up. */
  async #connect(peer: Pick<Subscriber, 'start' | 'connected'>): Promise<string> {
    const transport = await askBare(this.#url, 'createTransport', {});
    const dtlsParameters = await peer.start(transport);
    await askBare(this.#url, 'connectTransport', { transportId: transport.id, dtlsParameters });
    await peer.connected;
    return transport.id;
  }
}
