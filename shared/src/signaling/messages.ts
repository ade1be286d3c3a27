/**
 * The signaling contract, a line for each message. PROTOCOL.md says in prose when each is sent.
 * Both sides infer their types from these schemas; the dispatch parses every input with them.
 */
import { z } from 'zod';
import { ConsumerId, ParticipantId, PeerId, ProducerId, RoomCode, TransportId } from '../ids.ts';
import { DisplayName, RoomName } from '../rest/common.ts';
import { ADMISSION_EVENTS, ADMISSION_REQUESTS, Barred, Lobby } from './admission.ts';
import { CONVERSATION_EVENTS, CONVERSATION_REQUESTS } from './conversation.ts';
import { MeetingState, MODERATION_EVENTS, MODERATION_REQUESTS } from './moderation.ts';
import { LIMITS } from '../limits.ts';
import { Role, TrackSource, VideoSource } from '../roles.ts';
import { event, request } from './define.ts';
import { DtlsParameters, IceParameters, RtpCapabilities, RtpParameters, TransportOptions } from './media.ts';

/** Raised when an old client could misread a new server, or the other way round. Checked in the handshake. */
export const PROTOCOL_VERSION = 4;

/** Proves that a new socket belongs to a peer whose own was lost. Known to that client alone. */
export const ResumeKey = z.string().length(32);
export type ResumeKey = z.infer<typeof ResumeKey>;

/** `auth` of the Socket.IO handshake: a room token for a new place, or the resume key of one that is held already. */
export const Handshake = z.union([
  z.object({ token: z.string().max(4096), protocolVersion: z.number().int() }),
  z.object({ resumeKey: ResumeKey, protocolVersion: z.number().int() }),
]);
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
  /** Since when the hand is up, Unix ms: who raised it first comes first. */
  handRaisedAt: z.number().int().optional(),
  /** Its socket was lost and is not back yet; what it sends may still come. */
  away: z.boolean().optional(),
  producers: z.array(ProducerView),
});
export type PeerView = z.infer<typeof PeerView>;

const pixels = z.number().int().min(1).max(LIMITS.tilePixels);

/** A video that is on a client's screen now. It may name a peer that sends nothing yet. */
export const Tile = z.object({
  peerId: PeerId,
  source: VideoSource,
  /** Size on the screen in device pixels. The layers that are forwarded follow it. */
  width: pixels,
  height: pixels,
  /** Chosen by this person; it keeps its quality longer than others when bandwidth is short. */
  pinned: z.boolean().optional(),
});
export type Tile = z.infer<typeof Tile>;

const tiles = z.array(Tile).max(LIMITS.tilesPerView);
/** The highest simulcast layer that somebody receives, from 0; −1 when nobody receives any. */
const maxSpatialLayer = z.number().int().min(-1).max(3);

/** Everything needed to draw the room. */
const roomView = {
  room: z.object({ code: RoomCode, name: RoomName }),
  meeting: MeetingState,
  /** Who waits; only for those who may let them in. */
  lobby: Lobby.optional(),
  /** Who is not let in; for the same people. */
  barred: Barred.optional(),
  self: PeerView,
  peers: z.array(PeerView),
  /** As `activeSpeakers` last told it. */
  speakers: z.array(PeerId),
  /** As many tiles as a client may show at a time. */
  maxTiles: z.number().int().min(1).max(LIMITS.tilesPerView),
};
export const RoomView = z.object(roomView);
export type RoomView = z.infer<typeof RoomView>;

export const Transports = z.object({ sendTransport: TransportOptions, recvTransport: TransportOptions });
export type Transports = z.infer<typeof Transports>;

/** Everything needed to draw the room, to open both transports, and to come back to this place. */
export const JoinedRoom = z.object({
  ...roomView,
  ...Transports.shape,
  resumeKey: ResumeKey,
  routerRtpCapabilities: RtpCapabilities,
});
export type JoinedRoom = z.infer<typeof JoinedRoom>;

/** A consumer that waits, paused, for the client to build its half and name it in `resumeConsumers`. */
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

export const PEER_LEFT_REASONS = ['left', 'disconnected', 'replaced', 'removed'] as const;
export type PeerLeftReason = (typeof PEER_LEFT_REASONS)[number];

/**
 * Why the server ends a session. After `roomDeleted`, `takenOver` (the same person came in elsewhere), `removed` and
 * `meetingEnded` that is all; after the others a client gets a new grant and comes back by itself. `transportsLost`: it did
 * not open new transports in time.
 */
export const SESSION_END_REASONS = [
  'roomDeleted',
  'takenOver',
  'removed',
  'meetingEnded',
  'transportsLost',
  'serverClosing',
] as const;
export type SessionEndReason = (typeof SESSION_END_REASONS)[number];

/** Why transports end while the peer stays. `workerDrained`: an operator takes the worker out of use. */
export const TRANSPORTS_LOST_REASONS = ['workerDied', 'workerDrained'] as const;
export type TransportsLostReason = (typeof TRANSPORTS_LOST_REASONS)[number];

/** What a client does about media that should flow and does not; each is stronger than the one before. */
export const REPAIRS = ['restartIce', 'openTransports'] as const;
export type Repair = (typeof REPAIRS)[number];

export const REQUESTS = {
  /**
   * `previous`: the key of a place that this client lost; whoever still holds it is replaced. `takeOver`: this person is
   * in already, elsewhere, and wants to be here instead.
   */
  join: request({
    input: z.object({ previous: ResumeKey.optional(), takeOver: z.boolean().optional() }),
    output: JoinedRoom,
  }),
  /** The first request of a socket that came with a resume key: all that may have changed while it was away. */
  resume: request({
    input: none,
    output: RoomView.extend({
      /** Every consumer that is there now. */
      consumers: z.array(ConsumerOffer),
      layersWanted: z.array(z.object({ producerId: ProducerId, maxSpatialLayer })),
      /** As if `transportsLost` was told now. */
      transportsLost: z.enum(TRANSPORTS_LOST_REASONS).optional(),
      /** As `videoLimited` would tell it now. */
      videoLimited: z.array(ProducerId),
    }),
  }),
  /** New transports, in the place of those before, with all that they carried. `receive` and `produce` follow, as after `join`. */
  openTransports: request({ input: none, output: Transports }),
  /**
   * The device is loaded: from now on consumers are offered for what this client shows and for who is heard.
   * `tiles` is the first `show`. It is answered when what is sent already has been offered.
   */
  receive: request({ input: z.object({ rtpCapabilities: RtpCapabilities, tiles }), output: none }),
  /** All the videos on the screen now. Each call replaces the one before. */
  show: request({ input: z.object({ tiles }), output: none }),
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
    /** Layers above `maxSpatialLayer` need not be sent; `layersWanted` tells when that changes. */
    output: z.object({ producerId: ProducerId, maxSpatialLayer }),
  }),
  pauseProducer: request({ input: z.object({ producerId: ProducerId }), output: none }),
  resumeProducer: request({ input: z.object({ producerId: ProducerId }), output: none }),
  closeProducer: request({ input: z.object({ producerId: ProducerId }), output: none }),
  /**
   * All that this client sends, told when the server has seemed to hold something else for a while. The server comes into line,
   * but for what a host has muted or stopped, which it tells again.
   */
  confirmSending: request({
    input: z.object({
      producers: z
        .array(z.object({ producerId: ProducerId, source: TrackSource, paused: z.boolean() }))
        .max(TrackSource.options.length),
      /** Those of which packets leave here though the server says that none arrive; they are to be produced again. */
      unheard: z.array(ProducerId).max(TrackSource.options.length).optional(),
    }),
    output: z.object({
      /** What the server holds now. */
      producers: z.array(ProducerView),
      /** What it does not have, and the client is to produce again. */
      lost: z.array(ProducerId),
    }),
  }),
  /** The client's halves are ready. Consumers that have closed meanwhile are passed over. */
  resumeConsumers: request({
    input: z.object({ consumerIds: z.array(ConsumerId).max(LIMITS.consumersPerPeer) }),
    output: none,
  }),
  /** All consumers that should flow, as far as the client knows, and do not; told when that changes. */
  stalled: request({
    input: z.object({ consumerIds: z.array(ConsumerId).max(LIMITS.consumersPerPeer) }),
    output: none,
  }),
  /** Whether the connection still carries words. */
  ping: request({ input: none, output: none }),
  leave: request({ input: none, output: none }),
  ...ADMISSION_REQUESTS,
  ...MODERATION_REQUESTS,
  ...CONVERSATION_REQUESTS,
} as const;

export const EVENTS = {
  /**
   * What happened in the room since the last one, many changes in one message: `peers` are new or changed, each told in
   * full as it is now, `left` are gone. Peers that already are as told may be among them, also oneself.
   */
  roomChanged: event(
    z.object({
      peers: z.array(PeerView),
      left: z.array(z.object({ peerId: PeerId, reason: z.enum(PEER_LEFT_REASONS) })),
    }),
  ),
  consumersOffered: event(z.object({ consumers: z.array(ConsumerOffer) })),
  consumersClosed: event(z.object({ consumerIds: z.array(ConsumerId) })),
  /** To the publisher alone: which layers of its own producer somebody receives. The others should be switched off. */
  layersWanted: event(z.object({ producerId: ProducerId, maxSpatialLayer })),
  /** Who speaks now, loudest first. Empty when it is quiet. */
  activeSpeakers: event(z.object({ peerIds: z.array(PeerId) })),
  /** The transports are gone, or soon will be: open new ones. The place in the room stays. */
  transportsLost: event(z.object({ reason: z.enum(TRANSPORTS_LOST_REASONS) })),
  /** All videos that this client shows and its bandwidth does not allow now, told when that changes. Sound goes on. */
  videoLimited: event(z.object({ producerIds: z.array(ProducerId) })),
  /** Media of this direction (the client's) should flow and does not. */
  repair: event(z.object({ direction: z.enum(['send', 'recv']), step: z.enum(REPAIRS) })),
  /** To the publisher: nothing of this producer arrives, though its transport is alive. */
  producerSilent: event(z.object({ producerId: ProducerId })),
  sessionEnded: event(z.object({ reason: z.enum(SESSION_END_REASONS) })),
  ...ADMISSION_EVENTS,
  ...MODERATION_EVENTS,
  ...CONVERSATION_EVENTS,
} as const;

export type Method = keyof typeof REQUESTS;
export type Input<M extends Method> = z.infer<(typeof REQUESTS)[M]['input']>;
export type Output<M extends Method> = z.infer<(typeof REQUESTS)[M]['output']>;
export type EventName = keyof typeof EVENTS;
export type EventPayload<E extends EventName> = z.infer<(typeof EVENTS)[E]>;
