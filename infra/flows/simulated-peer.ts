/** A peer at the level of signaling, for flows of many: it obeys the protocol, and its WebRTC half is imagined. */
import { randomUUID } from 'node:crypto';
import {
  SOURCE_KIND,
  type ConsumerOffer,
  type EventPayload,
  type JoinedRoom,
  type JoinGrant,
  type RtpParameters,
  type Tile,
  type TrackSource,
  type Transports,
} from '@vcallpe/shared';
import { until } from '../browser/wait.ts';
import { enterRaw, type RawClient } from './raw-client.ts';

let nextSsrc = 1_000;

export class SimulatedPeer {
  readonly name: string;
  readonly joined: JoinedRoom;
  #transports: Transports;
  /** How often it was told to open new transports, and did. */
  moves = 0;
  #moving = false;
  #shown: unknown = [];
  /** Consumers that were offered and have not closed, by id. */
  readonly offered = new Map<string, ConsumerOffer>();
  readonly producers = new Map<TrackSource, { id: string; paused: boolean }>();
  /** What the publisher was told last, by producer. */
  readonly layersWanted = new Map<string, number>();
  ended: string | undefined;
  /** What hosts did to it. */
  readonly moderated: EventPayload<'moderated'>[] = [];
  onNews: ((news: EventPayload<'roomChanged'>) => void) | undefined;
  readonly #raw: RawClient;

  static async enter(name: string, grant: JoinGrant, tiles: Tile[] = []): Promise<SimulatedPeer> {
    const raw = await enterRaw(grant);
    const joined = await raw.request<JoinedRoom>('join');
    const peer = new SimulatedPeer(name, raw, joined);
    peer.#shown = tiles;
    await peer.#receive();
    return peer;
  }

  private constructor(name: string, raw: RawClient, joined: JoinedRoom) {
    this.name = name;
    this.#raw = raw;
    this.joined = joined;
    this.#transports = joined;
    const handle = (event: string, payload: unknown) => {
      if (event === 'roomChanged') this.onNews?.(payload as EventPayload<'roomChanged'>);
      if (event === 'consumersOffered') this.#accept(payload as EventPayload<'consumersOffered'>);
      if (event === 'consumersClosed') {
        for (const id of (payload as EventPayload<'consumersClosed'>).consumerIds) this.offered.delete(id);
      }
      if (event === 'layersWanted') {
        const { producerId, maxSpatialLayer } = payload as EventPayload<'layersWanted'>;
        this.layersWanted.set(producerId, maxSpatialLayer);
      }
      if (event === 'transportsLost') void this.#move();
      if (event === 'moderated') this.moderated.push(payload as EventPayload<'moderated'>);
      if (event === 'sessionEnded') this.ended = (payload as EventPayload<'sessionEnded'>).reason;
    };
    for (const { name: event, payload } of raw.events.splice(0)) handle(event, payload);
    raw.socket.on('event', handle);
  }

  get id(): string {
    return this.joined.self.peerId;
  }

  /** Where it sends and receives now. */
  get transports(): Transports {
    return this.#transports;
  }

  get connected(): boolean {
    return this.#raw.socket.connected;
  }

  /** Its transports are good, and it sends over them what it sent before. */
  get settled(): boolean {
    return !this.#moving;
  }

  request<T = unknown>(method: string, input: unknown = {}): Promise<T> {
    if (method === 'show') this.#shown = (input as { tiles: unknown }).tiles;
    return this.#raw.request<T>(method, input);
  }

  async publish(source: TrackSource): Promise<string> {
    const { producerId, maxSpatialLayer } = await this.request<{
      producerId: string;
      maxSpatialLayer: number;
    }>('produce', {
      produceId: randomUUID(),
      transportId: this.#transports.sendTransport.id,
      source,
      rtpParameters: SOURCE_KIND[source] === 'audio' ? opus() : vp8(source === 'camera' ? 3 : 1),
      paused: false,
    });
    this.producers.set(source, { id: producerId, paused: false });
    // What was told meanwhile is newer than the answer.
    if (!this.layersWanted.has(producerId)) this.layersWanted.set(producerId, maxSpatialLayer);
    return producerId;
  }

  async setPaused(source: TrackSource, paused: boolean): Promise<void> {
    const producer = this.producers.get(source);
    if (!producer) throw new Error(`${this.name} sends no ${source}`);
    producer.paused = paused;
    await this.request(paused ? 'pauseProducer' : 'resumeProducer', { producerId: producer.id });
  }

  async unpublish(source: TrackSource): Promise<void> {
    const producer = this.producers.get(source);
    if (!producer) throw new Error(`${this.name} sends no ${source}`);
    this.producers.delete(source);
    await this.request('closeProducer', { producerId: producer.id });
  }

  async leave(): Promise<void> {
    await this.request('leave');
    this.#raw.close();
  }

  /** The socket is gone without a word. */
  vanish(): void {
    this.#raw.close();
  }

  #receive(): Promise<unknown> {
    const { routerRtpCapabilities } = this.joined;
    return this.request('receive', { rtpCapabilities: routerRtpCapabilities, tiles: this.#shown });
  }

  /** As a client does whose transports are lost: it opens new ones, and sends and receives as before. */
  async #move(): Promise<void> {
    this.#moving = true;
    const sent = [...this.producers];
    this.producers.clear();
    try {
      this.#transports = await until('new transports', () => this.request<Transports>('openTransports'));
      await this.#receive();
      for (const [source, { paused }] of sent) {
        await this.publish(source);
        if (paused) await this.setPaused(source, true);
      }
    } catch (error) {
      // Whoever leaves in the middle of it is done with it.
      if (this.connected) throw error;
    }
    this.moves += 1;
    this.#moving = false;
  }

  #accept({ consumers }: EventPayload<'consumersOffered'>): void {
    for (const offer of consumers) this.offered.set(offer.consumerId, offer);
    const consumerIds = consumers.map(({ consumerId }) => consumerId);
    // The session may end in between; then nobody needs the answer.
    this.request('resumeConsumers', { consumerIds }).catch(() => undefined);
  }
}

export function tile(peerId: string, height = 180, more: Partial<Tile> = {}): Tile {
  return { peerId, source: 'camera', width: (height * 16) / 9, height, ...more };
}

function vp8(layers: number): RtpParameters {
  const encodings =
    layers === 1
      ? [{ ssrc: (nextSsrc += 1) }]
      : Array.from({ length: layers }, (_, i) => ({
          rid: `r${i}`,
          scaleResolutionDownBy: 2 ** (layers - 1 - i),
          scalabilityMode: 'L1T3',
        }));
  return {
    mid: String((nextSsrc += 1)),
    codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 },
    ],
    encodings,
    rtcp: { cname: 'simulated' },
  };
}

function opus(): RtpParameters {
  return {
    mid: String((nextSsrc += 1)),
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc: (nextSsrc += 1), dtx: true }],
    rtcp: { cname: 'simulated' },
  };
}
