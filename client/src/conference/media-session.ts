/** One stay in a room: one socket, one device, two transports. It opens once, ends once, and never comes back. */
import type { types } from 'mediasoup-client';
import {
  AppError,
  type ConsumerOffer,
  type EventName,
  type EventPayload,
  type JoinGrant,
  type JoinedRoom,
  type RtpCapabilities,
  type SessionEndReason,
  type TrackSource,
  type TransportOptions,
} from '@vcallpe/shared';
import { createDevice } from './device.ts';
import { Publication, type ProduceData } from './publication.ts';
import { deliver, Signaling, type EventHandlers } from './signaling.ts';

export interface SessionCallbacks {
  /** The room is known and can be drawn. Comes before every other callback. */
  onJoined: (joined: JoinedRoom) => void;
  /** Events about the people in the room. */
  onEvent: <E extends EventName>(name: E, payload: EventPayload<E>) => void;
  /** A received track arrived, or went away. */
  onTrack: (offer: ConsumerOffer, track: MediaStreamTrack | undefined) => void;
  /** Whether to take an offered track at all. */
  accepts: (offer: ConsumerOffer) => boolean;
  /** The browser could not take this track. The session ends with it, because its receive transport may be broken. */
  onConsumeFailed: (offer: ConsumerOffer) => void;
  /** The session is over, once. A reason from the server, or the error that broke it. */
  onEnd: (why: SessionEndReason | AppError) => void;
}

export type DeviceFactory = () => Promise<types.Device>;

export class MediaSession {
  readonly publications: Record<TrackSource, Publication>;
  readonly #signaling: Signaling;
  readonly #callbacks: SessionCallbacks;
  readonly #send: types.Transport;
  readonly #recv: types.Transport;
  /** Resolves, always, when what was being sent in the room at the time of joining has begun to flow. */
  received: Promise<void> = Promise.resolve();
  #receiving = false;
  readonly #received = new Map<string, { offer: ConsumerOffer; consumer?: types.Consumer }>();
  #ended = false;
  /** Until then a failure is thrown by `open` and not reported. */
  #opened = false;
  #endedBy: AppError | undefined;

  /**
   * Connects, joins, and starts to receive. Resolves when the room is known; the tracks arrive by `onTrack`.
   *
   * @throws {AppError} when the server can't be reached or refuses.
   */
  static async open(
    grant: JoinGrant,
    callbacks: SessionCallbacks,
    makeDevice: DeviceFactory = createDevice,
  ): Promise<MediaSession> {
    const [signaling, device] = await Promise.all([
      Signaling.connect(grant.sfuUrl, grant.roomToken),
      makeDevice(),
    ]);
    let session: MediaSession | undefined;
    try {
      // Events can overtake the answer to `join`; they wait until there is a room to apply them to.
      const early: ((opened: MediaSession) => void)[] = [];
      signaling.onEvent((name, payload) => {
        if (session) session.#onEvent(name, payload);
        else early.push((opened) => opened.#onEvent(name, payload));
      });
      const joined = await signaling.request('join', {});
      await device.load({ routerRtpCapabilities: joined.routerRtpCapabilities as types.RtpCapabilities });
      session = new MediaSession(signaling, device, joined, grant, callbacks);
      callbacks.onJoined(joined);
      for (const replay of early) replay(session);
      if (session.#ended) throw new AppError('UNAVAILABLE', 'The meeting ended while it was being joined');
      session.#opened = true;
      session.received = session.#receive(device);
      return session;
    } catch (error) {
      signaling.close();
      if (!session) throw error;
      session.#close();
      throw session.#endedBy ?? error;
    }
  }

  private constructor(
    signaling: Signaling,
    device: types.Device,
    joined: JoinedRoom,
    grant: JoinGrant,
    callbacks: SessionCallbacks,
  ) {
    this.#signaling = signaling;
    this.#callbacks = callbacks;
    const options = (transport: TransportOptions): types.TransportOptions => ({
      ...(transport as types.TransportOptions),
      iceServers: grant.iceServers,
    });
    this.#send = device.createSendTransport(options(joined.sendTransport));
    this.#recv = device.createRecvTransport(options(joined.recvTransport));
    for (const transport of [this.#send, this.#recv]) this.#wire(transport);
    this.#wireProduce();
    this.publications = {
      microphone: new Publication('microphone', this.#send, signaling),
      camera: new Publication('camera', this.#send, signaling),
    };
    signaling.onDisconnect(() =>
      this.end(new AppError('UNAVAILABLE', 'The connection to the media server was lost')),
    );
  }

  /** Says goodbye, so that others see it at once, and closes. Always resolves. */
  async leave(): Promise<void> {
    if (this.#ended) return;
    const goodbye = this.#signaling.request('leave', {}).catch(() => undefined);
    this.#close();
    await goodbye;
    this.#signaling.close();
  }

  /** Closes everything and reports why. Idempotent. */
  end(why: SessionEndReason | AppError): void {
    if (this.#ended) return;
    this.#close();
    this.#signaling.close();
    if (this.#opened) this.#callbacks.onEnd(why);
    else this.#endedBy = why instanceof AppError ? why : endedWhileOpening(why);
  }

  #close(): void {
    this.#ended = true;
    this.#send.close();
    this.#recv.close();
  }

  /** From here on consumers are offered, which `open` does not wait for: the room can be drawn without them. */
  async #receive(device: types.Device): Promise<void> {
    try {
      const rtpCapabilities = device.recvRtpCapabilities as RtpCapabilities;
      // What is being sent already is offered before this is answered.
      await this.#signaling.request('receive', { rtpCapabilities });
      this.#receiving = true;
      // All in one go: mediasoup-client makes one negotiation of what is asked for together, not one for each.
      await Promise.all([...this.#received.values()].map(({ offer }) => this.#consume(offer)));
    } catch (error) {
      this.end(toAppError(error));
    }
  }

  #wire(transport: types.Transport): void {
    transport.on('connect', ({ dtlsParameters }, done, fail) => {
      this.#signaling
        .request('connectTransport', { transportId: transport.id, dtlsParameters })
        .then(done, fail);
    });
    transport.on('connectionstatechange', (state) => {
      if (state === 'failed') {
        this.end(new AppError('UNAVAILABLE', 'The media connection was lost'));
      }
    });
  }

  #wireProduce(): void {
    this.#send.on('produce', ({ rtpParameters, appData }, done, fail) => {
      const { source, produceId, paused } = appData as ProduceData;
      this.#signaling
        .request('produce', {
          produceId,
          transportId: this.#send.id,
          source,
          rtpParameters: rtpParameters as EventPayload<'consumerOffered'>['rtpParameters'],
          paused,
        })
        .then(({ producerId }) => done({ id: producerId }), fail);
    });
  }

  #onEvent<E extends EventName>(name: E, payload: EventPayload<E>): void {
    if (this.#ended) return;
    deliver(this.#handlers, name, payload);
    this.#callbacks.onEvent(name, payload);
  }

  readonly #handlers: Partial<EventHandlers> = {
    consumerOffered: (offer) => {
      if (!this.#callbacks.accepts(offer)) return;
      this.#received.set(offer.consumerId, { offer });
      if (this.#receiving) void this.#consume(offer);
    },
    consumerClosed: ({ consumerId }) => this.#drop(consumerId),
    sessionEnded: ({ reason }) => this.end(reason),
  };

  async #consume(offer: ConsumerOffer): Promise<void> {
    try {
      const consumer = await this.#recv.consume({
        id: offer.consumerId,
        producerId: offer.producerId,
        kind: offer.kind,
        rtpParameters: offer.rtpParameters as types.RtpParameters,
        // Tracks of one person that share a stream id are kept in sync by the browser.
        streamId: offer.peerId,
      });
      // The producer may have closed while the browser was busy.
      if (!this.#received.has(offer.consumerId)) return consumer.close();
      this.#received.set(offer.consumerId, { offer, consumer });
      this.#callbacks.onTrack(offer, consumer.track);
      await this.#signaling.request('resumeConsumer', { consumerId: offer.consumerId });
    } catch (error) {
      // A track that went away meanwhile is no failure. One that stays silent would be "A can't hear B": start anew.
      if (this.#ended || !this.#received.has(offer.consumerId)) return;
      this.#callbacks.onConsumeFailed(offer);
      this.end(toAppError(error));
    }
  }

  #drop(consumerId: string): void {
    const entry = this.#received.get(consumerId);
    if (!entry) return;
    this.#received.delete(consumerId);
    entry.consumer?.close();
    this.#callbacks.onTrack(entry.offer, undefined);
  }
}

function endedWhileOpening(reason: SessionEndReason): AppError {
  return reason === 'roomDeleted'
    ? new AppError('ROOM_NOT_FOUND', 'This room no longer exists')
    : new AppError('UNAVAILABLE', 'The media server is restarting');
}

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
}
