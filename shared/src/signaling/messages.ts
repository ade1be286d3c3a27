/**
 * The signaling contract, a line for each message. PROTOCOL.md says in prose when each is sent.
 * Both sides infer their types from these schemas; the dispatch parses every input with them.
 */
import { z } from 'zod';
import { ConsumerId, ParticipantId, PeerId, ProducerId, RoomCode, TransportId } from '../ids.ts';
import { DisplayName, RoomName } from '../rest/common.ts';
import { Role, TrackSource } from '../roles.ts';
import { event, request } from './define.ts';
import { DtlsParameters, IceParameters, RtpCapabilities, RtpParameters, TransportOptions } from './media.ts';

/** Raised when an old client could misread a new server, or the other way round. Checked in the handshake. */
export const PROTOCOL_VERSION = 1;

/** `auth` of the Socket.IO handshake. */
export const Handshake = z.object({ token: z.string().max(4096), protocolVersion: z.number().int() });
export type Handshake = z.infer<typeof Handshake>;

const none = z.object({});
const MediaKind = z.enum(['audio', 'video']);

/** What the room knows of one sent track, whether or not anybody receives it. */
export const ProducerView = z.object({
  producerId: ProducerId,
  source: TrackSource,
  kind: MediaKind,
  paused: z.boolean(),
});
export type ProducerView = z.infer<typeof ProducerView>;

export const PeerView = z.object({
  peerId: PeerId,
  participantId: ParticipantId,
  displayName: DisplayName,
  role: Role,
  producers: z.array(ProducerView),
});
export type PeerView = z.infer<typeof PeerView>;

/** Everything needed to draw the room and to open both transports. */
export const JoinedRoom = z.object({
  room: z.object({ code: RoomCode, name: RoomName }),
  self: PeerView,
  peers: z.array(PeerView),
  /** As `activeSpeakers` last told it. */
  speakers: z.array(PeerId),
  routerRtpCapabilities: RtpCapabilities,
  sendTransport: TransportOptions,
  recvTransport: TransportOptions,
});
export type JoinedRoom = z.infer<typeof JoinedRoom>;

/** A consumer that waits, paused, for the client to build its half and call `resumeConsumer`. */
export const ConsumerOffer = z.object({
  consumerId: ConsumerId,
  producerId: ProducerId,
  peerId: PeerId,
  source: TrackSource,
  kind: MediaKind,
  rtpParameters: RtpParameters,
  producerPaused: z.boolean(),
});
export type ConsumerOffer = z.infer<typeof ConsumerOffer>;

export const PEER_LEFT_REASONS = ['left', 'disconnected'] as const;
export type PeerLeftReason = (typeof PEER_LEFT_REASONS)[number];

/**
 * Why the server ends a session. After `workerDied` and `serverClosing` a client gets a new grant and
 * comes back by itself; after the others it does not.
 */
export const SESSION_END_REASONS = ['roomDeleted', 'workerDied', 'serverClosing'] as const;
export type SessionEndReason = (typeof SESSION_END_REASONS)[number];

export const REQUESTS = {
  join: request({ input: none, output: JoinedRoom }),
  /** The device is loaded: from now on consumers are offered for everything this client can decode. */
  receive: request({ input: z.object({ rtpCapabilities: RtpCapabilities }), output: none }),
  connectTransport: request({
    input: z.object({ transportId: TransportId, dtlsParameters: DtlsParameters }),
    output: none,
  }),
  restartIce: request({
    input: z.object({ transportId: TransportId }),
    output: z.object({ iceParameters: IceParameters }),
  }),
  /** `produceId` is chosen by the client: a repeated request answers with the producer it made at first. */
  produce: request({
    input: z.object({
      produceId: z.uuid(),
      transportId: TransportId,
      source: TrackSource,
      rtpParameters: RtpParameters,
      paused: z.boolean(),
    }),
    output: z.object({ producerId: ProducerId }),
  }),
  pauseProducer: request({ input: z.object({ producerId: ProducerId }), output: none }),
  resumeProducer: request({ input: z.object({ producerId: ProducerId }), output: none }),
  closeProducer: request({ input: z.object({ producerId: ProducerId }), output: none }),
  resumeConsumer: request({ input: z.object({ consumerId: ConsumerId }), output: none }),
  setPreferredLayers: request({
    input: z.object({
      consumerId: ConsumerId,
      spatialLayer: z.number().int().min(0).max(2),
      temporalLayer: z.number().int().min(0).max(2).optional(),
    }),
    output: none,
  }),
  leave: request({ input: none, output: none }),
} as const;

export const EVENTS = {
  peerJoined: event(z.object({ peer: PeerView })),
  peerLeft: event(z.object({ peerId: PeerId, reason: z.enum(PEER_LEFT_REASONS) })),
  /** A producer is new, or its state changed. */
  producerChanged: event(z.object({ peerId: PeerId, producer: ProducerView })),
  producerClosed: event(z.object({ peerId: PeerId, producerId: ProducerId })),
  consumerOffered: event(ConsumerOffer),
  consumerClosed: event(z.object({ consumerId: ConsumerId })),
  /** Who speaks now, loudest first. Empty when it is quiet. */
  activeSpeakers: event(z.object({ peerIds: z.array(PeerId) })),
  sessionEnded: event(z.object({ reason: z.enum(SESSION_END_REASONS) })),
} as const;

export type Method = keyof typeof REQUESTS;
export type Input<M extends Method> = z.infer<(typeof REQUESTS)[M]['input']>;
export type Output<M extends Method> = z.infer<(typeof REQUESTS)[M]['output']>;
export type EventName = keyof typeof EVENTS;
export type EventPayload<E extends EventName> = z.infer<(typeof EVENTS)[E]>;
