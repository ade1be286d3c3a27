/** Who is in the room and what they send: pure steps from one state to the next, one for each event. */
import type { JoinedRoom, PeerId, PeerView, ProducerId, ProducerView, TrackSource } from '@vcallpe/shared';
import type { ConferenceState, Participant, TrackState } from './state.ts';

type Step = (state: ConferenceState) => ConferenceState;

/** The room as the server told it on joining. Tracks are received anew, so none are carried over. */
export function enterRoom(joined: JoinedRoom, now: number): Step {
  return (state) => ({
    ...state,
    status: 'joined',
    room: joined.room,
    self: { ...toParticipant(joined.self), microphone: state.self?.microphone, camera: state.self?.camera },
    others: joined.peers.map(toParticipant),
    speakers: joined.speakers,
    joinedAt: state.joinedAt ?? now,
    failedAttempts: 0,
  });
}

export function addPeer(peer: PeerView): Step {
  return (state) => ({
    ...state,
    others: [...state.others.filter((other) => other.peerId !== peer.peerId), toParticipant(peer)],
  });
}

export function removePeer(peerId: PeerId): Step {
  return (state) => ({
    ...state,
    others: state.others.filter((other) => other.peerId !== peerId),
    speakers: state.speakers.filter((speaker) => speaker !== peerId),
  });
}

export function setProducer(peerId: PeerId, producer: ProducerView): Step {
  return changePeer(peerId, (peer) => {
    const before = peer[producer.source];
    // A new producer of the same source has a track of its own still to come.
    const track = before?.producerId === producer.producerId ? before.track : undefined;
    return { ...peer, [producer.source]: toTrackState(producer, track) };
  });
}

export function removeProducer(peerId: PeerId, producerId: ProducerId): Step {
  return changePeer(peerId, (peer) => {
    const source = sourceOf(peer, producerId);
    return source ? { ...peer, [source]: undefined } : peer;
  });
}

/** Gives a received track to the tile it belongs to, or takes it away. */
export function setTrack(peerId: PeerId, producerId: ProducerId, track: MediaStreamTrack | undefined): Step {
  return changePeer(peerId, (peer) => {
    const source = sourceOf(peer, producerId);
    return source ? { ...peer, [source]: { ...peer[source], track } } : peer;
  });
}

export function setSpeakers(speakers: readonly PeerId[]): Step {
  return (state) => ({ ...state, speakers });
}

/** What this client sends, shown at once, before the server has heard of it. */
export function setOwnTrack(source: TrackSource, own: TrackState | undefined): Step {
  return (state) => (state.self ? { ...state, self: { ...state.self, [source]: own } } : state);
}

function changePeer(peerId: PeerId, change: (peer: Participant) => Participant): Step {
  return (state) => ({
    ...state,
    others: state.others.map((other) => (other.peerId === peerId ? change(other) : other)),
  });
}

function sourceOf(peer: Participant, producerId: ProducerId): TrackSource | undefined {
  return (['microphone', 'camera'] as const).find((source) => peer[source]?.producerId === producerId);
}

function toParticipant({ producers, ...peer }: PeerView): Participant {
  const sent = producers.map((producer) => [producer.source, toTrackState(producer)] as const);
  return { ...peer, ...Object.fromEntries(sent) };
}

function toTrackState({ producerId, paused }: ProducerView, track?: MediaStreamTrack): TrackState {
  return { producerId, paused, track };
}
