/** Who is in the room and what they send: pure steps from one state to the next, one for each message. */
import {
  SOURCE_KIND,
  TrackSource,
  type EventPayload,
  type JoinedRoom,
  type PeerId,
  type PeerView,
  type ProducerId,
  type ProducerView,
  type RoomView,
  type Tile,
} from '@vcallpe/shared';
import type { ConferenceState, Participant, TrackState } from './state.ts';

type Step = (state: ConferenceState) => ConferenceState;

/** A received track that arrived, or went away. */
export interface TrackChange {
  peerId: PeerId;
  producerId: ProducerId;
  track: MediaStreamTrack | undefined;
}

/** The tracks that are being received now. */
export type ReceivedTracks = ReadonlyMap<ProducerId, MediaStreamTrack>;

const NO_TRACKS: ReceivedTracks = new Map();

/** The room as the server told it on joining. Tracks are received anew, so none are carried over. */
export function enterRoom(joined: JoinedRoom, now: number): Step {
  return (state) => ({
    ...state,
    status: 'joined',
    waiting: undefined,
    room: joined.room,
    meeting: joined.meeting,
    lobby: joined.lobby ?? [],
    barred: joined.barred ?? [],
    self: { ...state.self, ...toParticipant(joined.self, NO_TRACKS) },
    others: joined.peers.map((peer) => toParticipant(peer, NO_TRACKS)),
    speakers: joined.speakers,
    limited: new Set(),
    still: new Set(),
    maxTiles: joined.maxTiles,
    joinedAt: state.joinedAt ?? now,
    failedAttempts: 0,
  });
}

/** The room as it is now, after a time without news. What is received goes on, and who is there keeps the place. */
export function refreshRoom(room: RoomView, tracks: ReceivedTracks): Step {
  return (state) => {
    const there = new Set(room.peers.map(({ peerId }) => peerId));
    const left = state.others
      .filter(({ peerId }) => !there.has(peerId))
      .map(({ peerId }) => ({ peerId, reason: 'left' as const }));
    const { others } = changeRoom({ peers: room.peers, left }, tracks)(state);
    return {
      ...state,
      meeting: room.meeting,
      lobby: room.lobby ?? [],
      barred: room.barred ?? [],
      self: state.self && { ...state.self, ...personal(room.self) },
      others,
      speakers: room.speakers,
      maxTiles: room.maxTiles,
    };
  };
}

/**
 * What happened in the room, all of it in one step: in a storm of joins that is one drawing instead of a hundred.
 *
 * @param tracks A track may arrive before the message that tells of its producer, and is found here then.
 */
export function changeRoom({ peers, left }: EventPayload<'roomChanged'>, tracks: ReceivedTracks): Step {
  return (state) => {
    // A Map keeps the place of those who change, and puts new ones last: the order of joining.
    const others = new Map(state.others.map((other) => [other.peerId, other]));
    for (const peer of peers) {
      if (peer.peerId === state.self?.peerId) continue;
      others.set(peer.peerId, keepIfSame(others.get(peer.peerId), toParticipant(peer, tracks)));
    }
    const gone = new Set(left.map(({ peerId }) => peerId));
    for (const peerId of gone) others.delete(peerId);
    const own = peers.find(({ peerId }) => peerId === state.self?.peerId);
    return {
      ...state,
      // What one sends oneself is known here first; the rest is the server's to say.
      self: own && state.self ? { ...state.self, ...personal(own) } : state.self,
      others: [...others.values()],
      speakers: state.speakers.some((speaker) => gone.has(speaker))
        ? state.speakers.filter((speaker) => !gone.has(speaker))
        : state.speakers,
    };
  };
}

/** Gives received tracks to the tiles they belong to, or takes them away. */
export function setTracks(changes: readonly TrackChange[]): Step {
  return (state) => {
    const of = Map.groupBy(changes, ({ peerId }) => peerId);
    const others = state.others.map((other) => (of.get(other.peerId) ?? []).reduce(withTrack, other));
    return { ...state, others };
  };
}

export function setSpeakers(speakers: readonly PeerId[]): Step {
  return (state) => ({ ...state, speakers });
}

/** What this client sends, shown at once, before the server has heard of it. */
export function setOwnTrack(source: TrackSource, own: TrackState | undefined): Step {
  return (state) => (state.self ? { ...state, self: { ...state.self, [source]: own } } : state);
}

function withTrack(peer: Participant, { producerId, track }: TrackChange): Participant {
  const source = TrackSource.options.find((each) => peer[each]?.producerId === producerId);
  const before = source && peer[source];
  return before ? { ...peer, [source]: { ...before, track } } : peer;
}

function personal({ displayName, role, handRaisedAt }: PeerView) {
  return { displayName, role, handRaisedAt };
}

function toParticipant({ producers, ...peer }: PeerView, tracks: ReceivedTracks): Participant {
  const sent = producers.map((producer) => [producer.source, toTrackState(producer, tracks)] as const);
  return { ...peer, ...Object.fromEntries(sent) };
}

function toTrackState({ producerId, paused }: ProducerView, tracks: ReceivedTracks): TrackState {
  return { producerId, paused, track: tracks.get(producerId) };
}

/** Who is told again without a change stays the same object, and is not drawn anew. */
function keepIfSame(before: Participant | undefined, after: Participant): Participant {
  const same =
    before?.displayName === after.displayName &&
    before.role === after.role &&
    before.handRaisedAt === after.handRaisedAt &&
    before.away === after.away &&
    TrackSource.options.every((source) => sameTrack(before[source], after[source]));
  return same ? before : after;
}

function sameTrack(a: TrackState | undefined, b: TrackState | undefined): boolean {
  return a?.producerId === b?.producerId && a?.paused === b?.paused && a?.track === b?.track;
}

/** Whether somebody sends sound, or a picture that is shown here and that there is bandwidth for. */
export function isMediaDue({ others, limited }: ConferenceState, tiles: readonly Tile[]): boolean {
  const isDue = (person: Participant, source: TrackSource): boolean => {
    const { producerId, track, paused } = person[source] ?? { paused: true };
    if (!track || !producerId || paused) return false;
    if (SOURCE_KIND[source] === 'audio') return true;
    return (
      !limited.has(producerId) &&
      tiles.some((tile) => tile.peerId === person.peerId && tile.source === source)
    );
  };
  return others.some((person) => TrackSource.options.some((source) => isDue(person, source)));
}
