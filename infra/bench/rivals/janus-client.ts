/** Senders and receivers of a Janus VideoRoom. */
import { LeanTransport } from '../../load/media/lean-transport.ts';
import { Subscriber } from '../../load/media/subscriber.ts';
import { readSdp, writeSdp } from './janus-sdp.ts';
import { JanusSession, type Reply } from './janus-session.ts';
import { RECEIVING, type Outgoing, type Receiver, type SfuClient } from './sfu.ts';

export class JanusClient implements SfuClient {
  readonly #session: JanusSession;
  readonly #room: number;

  static async open(url: string, room: number): Promise<JanusClient> {
    return new JanusClient(await JanusSession.open(url), room);
  }

  private constructor(session: JanusSession, room: number) {
    this.#session = session;
    this.#room = room;
  }

  async connectSender({ sender, transport, kinds }: Outgoing): Promise<void> {
    const handle = await this.#session.attach();
    await handle.ask({ request: 'join', ptype: 'publisher', room: this.#room });
    const sdp = writeSdp({
      ...(await transport.offer()),
      setup: 'actpass',
      direction: 'sendonly',
      media: kinds.map((kind) => ({ kind, rtpParameters: sender.rtpParameters(kind) })),
    });
    const answer = await handle.ask({ request: 'publish' }, { type: 'offer', sdp });
    await sender.start(readSdp(sdpOf(answer)).transport);
    await sender.connected;
    await handle.up;
  }

  async connectReceiver(senders: number): Promise<Receiver> {
    const handle = await this.#session.attach();
    const { data } = await handle.ask({ request: 'listparticipants', room: this.#room });
    const publishers = data['participants'] as { id: number; publisher: boolean }[];
    const streams = publishers.filter(({ publisher }) => publisher).map(({ id }) => ({ feed: id }));
    if (streams.length !== senders) throw new Error('The senders are not all connected');
    const reply = await handle.ask({ request: 'join', ptype: 'subscriber', room: this.#room, streams });
    const { transport: remote, media } = readSdp(sdpOf(reply));

    const transport = new LeanTransport();
    const subscriber = new Subscriber({ ...RECEIVING, transport });
    const subscriptions = media.map(({ kind, rtpParameters }) => {
      const mid = rtpParameters.mid ?? '';
      return { consumerId: mid, producerId: mid, kind, rtpParameters };
    });
    subscriber.add(subscriptions);
    const dtlsParameters = await subscriber.start(remote);
    const sdp = writeSdp({
      iceParameters: transport.iceParameters,
      dtlsParameters,
      setup: 'active',
      direction: 'recvonly',
      // What is received is answered with the codecs of the offer, and no SSRC of our own.
      media: media.map(({ kind, rtpParameters }) => ({
        kind,
        rtpParameters: { ...rtpParameters, encodings: undefined },
      })),
    });
    await handle.ask({ request: 'start' }, { type: 'answer', sdp });
    await subscriber.connected;
    return { subscriber, consumerIds: subscriptions.map(({ consumerId }) => consumerId) };
  }

  close(): void {
    this.#session.close();
  }
}

function sdpOf({ jsep, data }: Reply): string {
  if (!jsep) throw new Error(`Janus answered without SDP: ${JSON.stringify(data)}`);
  return jsep.sdp;
}
