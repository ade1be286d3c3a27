/** One stay in a room: one socket, one device, two transports. It opens once, ends once, and never comes back. */
import type { types } from 'mediasoup-client';
import {
  AppError,
  type TrackSource,
  type EventName,
  type EventPayload,
  type Input,
  type JoinGrant,
  type JoinedRoom,
  type ProducerId,
  type RtpCapabilities,
  type SessionEndReason,
  type Tile,
  type TransportOptions,
} from '@vcallpe/shared';
import { createDevice } from './device.ts';
import { Publication, type LayersWanted, type ProduceData } from './publication.ts';
import { Reception } from './reception.ts';
import type { TrackChange } from './roster.ts';
import { deliver, Signaling, type EventHandlers } from './signaling.ts';
import { View } from './view.ts';

export interface SessionCallbacks {
  /** The room is known and can be drawn. Comes before every other callback. */
  onJoined: (joined: JoinedRoom) => void;
  /** Events about the people in the room. */
  onEvent: <E extends EventName>(name: E, payload: EventPayload<E>) => void;
  /** Received tracks arrived, or went away. */
  onTracks: (changes: TrackChange[]) => void;
  /** The session is over, once. A reason from the server, or the error that broke it. */
  onEnd: (why: SessionEndReason | AppError) => void;
  /** How often each producer could not be taken, in this session and those before. */
  consumeFailures: Map<ProducerId, number>;
}

export type DeviceFactory = () => Promise<types.Device>;

export class MediaSession {
  readonly publications: Record<TrackSource, Publication>;
  readonly #signaling: Signaling;
  readonly #callbacks: SessionCallbacks;
  readonly #send: types.Transport;
  readonly #recv: types.Transport;
  readonly #layersWanted: LayersWanted = new Map();
  readonly #reception: Reception;
  readonly #view: View;
  /** Resolves, always, when what was being sent in the room at the time of joining has begun to flow. */
  received: Promise<void> = Promise.resolve();
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
    const publication = (source: TrackSource) =>
      new Publication(source, this.#send, signaling, this.#layersWanted);
    this.publications = {
      microphone: publication('microphone'),
      camera: publication('camera'),
      screen: publication('screen'),
    };
    const onError = (error: unknown) => this.end(toAppError(error));
    this.#view = new View((tiles) => signaling.request('show', { tiles: [...tiles] }), onError);
    this.#reception = new Reception({
      transport: this.#recv,
      resume: (consumerIds) => signaling.request('resumeConsumers', { consumerIds }),
      failures: callbacks.consumeFailures,
      onTracks: (changes) => {
        // A negotiation may finish after the end, and the tracks are dead.
        if (!this.#ended) callbacks.onTracks(changes);
      },
      onError,
    });
    signaling.onDisconnect(() =>
      this.end(new AppError('UNAVAILABLE', 'The connection to the media server was lost')),
    );
  }

  /** Says what is on the screen now. The first call makes the view that receiving begins with. */
  show(tiles: readonly Tile[]): void {
    this.#view.show(tiles);
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
      // What is shown and sent already is offered before this is answered, and taken in one go.
      await this.#view.begin((tiles) =>
        this.#signaling.request('receive', { rtpCapabilities, tiles: [...tiles] }),
      );
      await this.#reception.start();
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
          rtpParameters: rtpParameters as Input<'produce'>['rtpParameters'],
          paused,
        })
        .then(({ producerId, maxSpatialLayer }) => {
          // What was told meanwhile is newer than the answer.
          if (!this.#layersWanted.has(producerId)) this.#layersWanted.set(producerId, maxSpatialLayer);
          done({ id: producerId });
        })
        .catch(fail);
    });
  }

  #onEvent<E extends EventName>(name: E, payload: EventPayload<E>): void {
    if (this.#ended) return;
    deliver(this.#handlers, name, payload);
    this.#callbacks.onEvent(name, payload);
  }

  readonly #handlers: Partial<EventHandlers> = {
    consumersOffered: ({ consumers }) => this.#reception.offer(consumers),
    consumersClosed: ({ consumerIds }) => this.#reception.drop(consumerIds),
    layersWanted: ({ producerId, maxSpatialLayer }) => {
      this.#layersWanted.set(producerId, maxSpatialLayer);
      for (const publication of Object.values(this.publications)) {
        publication.reconcile().catch((error: unknown) => this.end(toAppError(error)));
      }
    },
    sessionEnded: ({ reason }) => this.end(reason),
  };
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
