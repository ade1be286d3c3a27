/** Two transports and what they carry. It lives until its transports are lost; the session then opens another one. */
import type { types } from 'mediasoup-client';
import type { TrackSource } from '@vcallpe/shared';
import {
  type ConsumerOffer,
  type EventPayload,
  type Input,
  type ProducerId,
  type ProducerView,
  type RtpCapabilities,
  type TransportOptions,
  type Transports,
} from '@vcallpe/shared';
import { Confirmation } from './confirmation.ts';
import type { IceServers } from './ice-servers.ts';
import { packetsSent } from './packets-sent.ts';
import { PathGuard } from './path-guard.ts';
import type { LinkSample, Streams } from './quality/sample.ts';
import { Sampler } from './quality/sampler.ts';
import { Publication, type LayersWanted, type ProduceData } from './publication.ts';
import { Reception } from './reception.ts';
import type { TrackChange } from './roster.ts';
import type { Signaling } from './signaling.ts';
import { Stalls } from './stalls.ts';
import type { StatsReports } from './stats.ts';
import type { View } from './view.ts';

/** How often the flow of packets is looked at, ms. */
const LOOK_EVERY_MS = 400;
/**
 * Nobody looked for so long by the clock on the wall: the machine slept, and its network may be another one, ms. The
 * other clock stands still meanwhile on some machines; a wall clock that is set forward costs one restart of ICE.
 */
const SLEPT_MS = 10_000;

export interface MediaLinkOptions {
  device: types.Device;
  signaling: Signaling;
  transports: Transports;
  iceServers: IceServers;
  /** How often each producer could not be taken; outlives the link. */
  consumeFailures: Map<ProducerId, number>;
  onTracks: (changes: TrackChange[]) => void;
  /** Whether anybody sends what is received here. */
  expects: () => boolean;
  /** How well media flows, about once a second. */
  onSample: (sample: LinkSample) => void;
  /** It can't go on. Called once, and never after `close`. */
  onBroken: (error: unknown) => void;
}

export class MediaLink {
  readonly publications: Record<TrackSource, Publication>;
  readonly #options: MediaLinkOptions;
  readonly #send: types.Transport;
  readonly #recv: types.Transport;
  readonly #guards: Record<'send' | 'recv', PathGuard>;
  readonly #layersWanted: LayersWanted = new Map();
  readonly #reception: Reception;
  readonly #stalls = new Stalls();
  readonly #confirmation = new Confirmation();
  readonly #sampler = new Sampler();
  readonly #looking: ReturnType<typeof setInterval>;
  #lookedAt = Date.now();
  #closed = false;

  constructor(options: MediaLinkOptions) {
    this.#options = options;
    const { device, signaling, transports, iceServers, consumeFailures } = options;
    const open = (transport: TransportOptions): types.TransportOptions => ({
      ...(transport as types.TransportOptions),
      iceServers: iceServers.current,
    });
    this.#send = device.createSendTransport(open(transports.sendTransport));
    this.#recv = device.createRecvTransport(open(transports.recvTransport));
    this.#guards = {
      send: this.#guard(this.#send, () => Object.values(this.publications).some(({ flows }) => flows)),
      recv: this.#guard(this.#recv, options.expects),
    };
    for (const transport of [this.#send, this.#recv]) this.#wireConnect(transport);
    this.#wireProduce();
    const publication = (source: TrackSource) =>
      new Publication(source, this.#send, signaling, this.#layersWanted);
    this.publications = {
      microphone: publication('microphone'),
      camera: publication('camera'),
      screen: publication('screen'),
      screenAudio: publication('screenAudio'),
    };
    this.#reception = new Reception({
      transport: this.#recv,
      resume: (consumerIds) => signaling.request('resumeConsumers', { consumerIds }),
      failures: consumeFailures,
      onTracks: (changes) => {
        // A negotiation may finish after the end, and the tracks are dead.
        if (!this.#closed) options.onTracks(changes);
      },
      onError: (error) => this.#broken(error),
    });
    this.#looking = setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  /**
   * From here on consumers are offered. Resolves, always, when what is sent and shown already has begun to flow.
   *
   * @param view its first call to the server is `receive`
   */
  async receive(view: View): Promise<void> {
    const { device, signaling } = this.#options;
    try {
      const rtpCapabilities = device.recvRtpCapabilities as RtpCapabilities;
      // What is shown and sent already is offered before this is answered, and taken in one go.
      await view.begin((tiles) => signaling.request('receive', { rtpCapabilities, tiles: [...tiles] }));
      await this.#reception.start();
    } catch (error) {
      this.#broken(error);
    }
  }

  offer({ consumers }: EventPayload<'consumersOffered'>): void {
    this.#reception.offer(consumers);
  }

  drop({ consumerIds }: EventPayload<'consumersClosed'>): void {
    this.#reception.drop(consumerIds);
  }

  /** What the server holds now, after events were missed. */
  sync(consumers: readonly ConsumerOffer[], layers: readonly EventPayload<'layersWanted'>[]): void {
    this.#reception.sync(consumers);
    for (const each of layers) this.#layersWanted.set(each.producerId, each.maxSpatialLayer);
    this.#reconcilePublications();
  }

  setLayersWanted({ producerId, maxSpatialLayer }: EventPayload<'layersWanted'>): void {
    this.#layersWanted.set(producerId, maxSpatialLayer);
    this.#reconcilePublications();
  }

  /** What the server holds of what is sent. */
  tellSent(producers: readonly ProducerView[]): void {
    this.#confirmation.tell(producers);
  }

  /** The server gets nothing of this producer. */
  doubtSent(producerId: ProducerId): void {
    this.#confirmation.doubt(producerId);
  }

  /** One of its paths was restarted, and has carried nothing since. */
  get silent(): boolean {
    return Object.values(this.#guards).some((guard) => guard.silent);
  }

  /** The network may have changed, or the server gets nothing. */
  restartIce(direction: 'send' | 'recv'): void {
    this.#guards[direction].restart();
  }

  /** Idempotent. Received tracks are told to be gone. */
  close(): void {
    if (this.#closed) return;
    this.#reception.drop(this.#reception.consumerIds);
    this.#closed = true;
    clearInterval(this.#looking);
    this.#send.close();
    this.#recv.close();
  }

  #broken(error: unknown): void {
    if (!this.#closed) this.#options.onBroken(error);
  }

  #reconcilePublications(): void {
    for (const publication of Object.values(this.publications)) {
      publication.reconcile().catch((error: unknown) => this.#broken(error));
    }
  }

  #guard(transport: types.Transport, expects: () => boolean): PathGuard {
    const { signaling, iceServers } = this.#options;
    let used = iceServers.current;
    return new PathGuard({
      transport,
      expects,
      roundTrip: signaling.roundTrip,
      restartIce: async () => {
        const [{ iceParameters }, fresh] = await Promise.all([
          signaling.request('restartIce', { transportId: transport.id }),
          iceServers.fresh(),
        ]);
        // Not before they are needed: with other servers a browser restarts ICE at its next negotiation, whatever that is for.
        if (fresh !== used && !transport.closed) await transport.updateIceServers({ iceServers: fresh });
        used = fresh;
        if (!transport.closed) await transport.restartIce({ iceParameters });
      },
      onSuspect: () => this.#suspectAll(),
      onDead: () => this.#broken(new Error('The media connection was lost')),
    });
  }

  async #look(): Promise<void> {
    const now = performance.now();
    const slept = Date.now() - this.#lookedAt > SLEPT_MS;
    this.#lookedAt = Date.now();
    if (slept) return this.#suspectAll();
    // A transport that closes meanwhile has nothing to tell.
    const [send, recv] = (await Promise.all(
      [this.#send, this.#recv].map((transport) => transport.getStats().catch(() => undefined)),
    )) as unknown as [StatsReports | undefined, StatsReports | undefined];
    if (this.#closed || !send || !recv) return;
    this.#confirmSending(send, now);
    this.#guards.send.look(send, now);
    this.#guards.recv.look(recv, now);
    const sample = this.#sampler.look({ send, recv }, () => this.#streams(), now);
    if (sample) this.#options.onSample(sample);
    const stalled = this.#stalls.sample(this.#reception.packets(recv), now);
    if (!stalled) return;
    await this.#options.signaling
      .request('stalled', { consumerIds: stalled })
      .catch(() => this.#stalls.forget());
  }

  /** A person who believes to be heard is heard, though the server came to see it otherwise. */
  #confirmSending(stats: StatsReports, now: number): void {
    const publications = Object.values(this.publications);
    const settled = publications.every((publication) => publication.settled);
    const sent = publications.map((publication) => publication.sent).filter((each) => each !== undefined);
    const differs = this.#confirmation.sample(settled ? sent : undefined, now);
    // What is being changed is not in `sent` as it will be, and the server closes what is not.
    const unheard = settled ? this.#confirmation.unheard(packetsSent(publications, stats), now) : [];
    if (!differs && unheard.length === 0) return;
    this.#options.signaling.requestNow('confirmSending', { producers: sent, unheard }).then(
      ({ producers, lost }) => {
        this.#confirmation.tell(producers);
        for (const producerId of this.#closed ? [] : lost) {
          const publication = publications.find((each) => each.sent?.producerId === producerId);
          publication?.replace(producerId).catch((error: unknown) => this.#broken(error));
        }
      },
      // It is asked again while it is so.
      () => undefined,
    );
  }

  #streams(): Streams {
    const sent = Object.values(this.publications)
      .map((publication) => publication.stream())
      .filter((stream) => stream !== undefined);
    return { sent: new Map(sent), received: this.#reception.streams() };
  }

  /** Both paths and the socket use the same network. */
  #suspectAll(): void {
    this.#options.signaling.suspect();
    for (const guard of Object.values(this.#guards)) guard.restart();
  }

  #wireConnect(transport: types.Transport): void {
    transport.on('connect', ({ dtlsParameters }, done, fail) => {
      this.#options.signaling
        .request('connectTransport', { transportId: transport.id, dtlsParameters })
        .then(done, fail);
    });
  }

  #wireProduce(): void {
    this.#send.on('produce', ({ rtpParameters, appData }, done, fail) => {
      const { source, produceId, paused } = appData as ProduceData;
      this.#options.signaling
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
}
