import { describe, expect, it } from '@jest/globals';
import type { JoinedRoom, PeerView, ProducerView } from '@vcallpe/shared';
import * as roster from './roster.ts';
import { INITIAL_STATE, type ConferenceState } from './state.ts';

const peer = (peerId: string, producers: ProducerView[] = []): PeerView => ({
  peerId,
  participantId: `g:${peerId}`,
  displayName: peerId.toUpperCase(),
  role: 'guest',
  producers,
});
const camera = (producerId: string, paused = false): ProducerView => ({
  producerId,
  source: 'camera',
  kind: 'video',
  paused,
});
// The roster only hands tracks on; which object it is, is all that counts here.
const track = (id: string) => ({ id }) as MediaStreamTrack;

const joined = (peers: PeerView[]) =>
  ({
    room: { code: 'tam-rilo-bek', name: 'Standup' },
    self: peer('me'),
    peers,
    speakers: [],
  }) as unknown as JoinedRoom;

function run(...steps: ((state: ConferenceState) => ConferenceState)[]): ConferenceState {
  return steps.reduce((state, step) => step(state), INITIAL_STATE);
}

describe('roster', () => {
  it('draws the room from what the server told on joining', () => {
    const state = run(roster.enterRoom(joined([peer('a', [camera('p1', true)]), peer('b')]), 42));
    expect(state).toMatchObject({ status: 'joined', joinedAt: 42, room: { name: 'Standup' } });
    expect(state.others.map((other) => other.displayName)).toEqual(['A', 'B']);
    expect(state.others[0]?.camera).toEqual({ producerId: 'p1', paused: true, track: undefined });
    expect(state.others[1]?.camera).toBeUndefined();
  });

  it('keeps what is being sent, and the time of the first join, through a rejoin', () => {
    const own = track('mine');
    const state = run(
      roster.enterRoom(joined([]), 1),
      roster.setOwnTrack('camera', { paused: false, track: own }),
      roster.enterRoom(joined([peer('a')]), 2),
    );
    expect(state.self?.camera?.track).toBe(own);
    expect(state.joinedAt).toBe(1);
  });

  it('gives a track to the tile it belongs to, and to no other', () => {
    const remote = track('t');
    const state = run(
      roster.enterRoom(joined([peer('a', [camera('p1')]), peer('b', [camera('p2')])]), 0),
      roster.setTrack('b', 'p2', remote),
    );
    expect(state.others.map((other) => other.camera?.track)).toEqual([undefined, remote]);
  });

  it('ignores a track whose producer has gone meanwhile', () => {
    const state = run(
      roster.enterRoom(joined([peer('a', [camera('p1')])]), 0),
      roster.removeProducer('a', 'p1'),
      roster.setTrack('a', 'p1', track('late')),
    );
    expect(state.others[0]?.camera).toBeUndefined();
  });

  it('keeps the track when a producer is paused, and drops it when another takes its place', () => {
    const remote = track('t');
    const start = [
      roster.enterRoom(joined([peer('a', [camera('p1')])]), 0),
      roster.setTrack('a', 'p1', remote),
    ];
    const paused = run(...start, roster.setProducer('a', camera('p1', true)));
    expect(paused.others[0]?.camera).toEqual({ producerId: 'p1', paused: true, track: remote });
    const replaced = run(...start, roster.setProducer('a', camera('p2')));
    expect(replaced.others[0]?.camera).toEqual({ producerId: 'p2', paused: false, track: undefined });
  });

  it('takes a peer out of the grid and of the speakers, and never doubles one', () => {
    const state = run(
      roster.enterRoom(joined([peer('a')]), 0),
      roster.addPeer(peer('b')),
      roster.addPeer(peer('b')),
      roster.setSpeakers(['a', 'b']),
      roster.removePeer('a'),
    );
    expect(state.others.map((other) => other.peerId)).toEqual(['b']);
    expect(state.speakers).toEqual(['b']);
  });

  it('makes a new state for each change, and leaves the old one as it was', () => {
    const before = run(roster.enterRoom(joined([peer('a')]), 0));
    const after = roster.removePeer('a')(before);
    expect(before.others).toHaveLength(1);
    expect(after.others).toHaveLength(0);
  });
});
