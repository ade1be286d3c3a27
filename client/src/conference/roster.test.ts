import { describe, expect, it } from '@jest/globals';
import type { JoinedRoom, PeerView, ProducerView, TrackSource } from '@vcallpe/shared';
import * as roster from './roster.ts';
import { INITIAL_STATE, type ConferenceState } from './state.ts';

const peer = (peerId: string, producers: ProducerView[] = []): PeerView => ({
  peerId,
  participantId: `g:${peerId}`,
  displayName: peerId.toUpperCase(),
  role: 'guest',
  producers,
});
const video = (source: TrackSource, producerId: string, paused = false): ProducerView => ({
  producerId,
  source,
  kind: 'video',
  paused,
});
const camera = (producerId: string, paused = false) => video('camera', producerId, paused);
// The roster only hands tracks on; which object it is, is all that counts here.
const track = (id: string) => ({ id }) as MediaStreamTrack;

const joined = (peers: PeerView[]) =>
  ({
    room: { code: 'tam-rilo-bek', name: 'Standup' },
    self: peer('me'),
    peers,
    speakers: [],
    maxTiles: 16,
  }) as unknown as JoinedRoom;

const sound = (producerId: string, paused = false): ProducerView => ({
  producerId,
  source: 'microphone',
  kind: 'audio',
  paused,
});

const NO_TRACKS: roster.ReceivedTracks = new Map();
const changed = (peers: PeerView[], left: string[] = [], tracks = NO_TRACKS) =>
  roster.changeRoom({ peers, left: left.map((peerId) => ({ peerId, reason: 'left' })) }, tracks);
const arrived = (peerId: string, producerId: string, received: MediaStreamTrack | undefined) =>
  roster.setTracks([{ peerId, producerId, track: received }]);

function run(...steps: ((state: ConferenceState) => ConferenceState)[]): ConferenceState {
  return steps.reduce((state, step) => step(state), INITIAL_STATE);
}

describe('entering', () => {
  it('draws the room from what the server told on joining', () => {
    const state = run(roster.enterRoom(joined([peer('a', [camera('p1', true)]), peer('b')]), 42));
    expect(state).toMatchObject({ status: 'joined', joinedAt: 42, room: { name: 'Standup' }, maxTiles: 16 });
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
});

describe('received tracks', () => {
  it('go to the tiles they belong to, and to no other', () => {
    const [face, screen] = [track('face'), track('screen')];
    const state = run(
      roster.enterRoom(
        joined([peer('a', [camera('p1')]), peer('b', [camera('p2'), video('screen', 'p3')])]),
        0,
      ),
      roster.setTracks([
        { peerId: 'b', producerId: 'p2', track: face },
        { peerId: 'b', producerId: 'p3', track: screen },
      ]),
    );
    expect(state.others.map((other) => [other.camera?.track, other.screen?.track])).toEqual([
      [undefined, undefined],
      [face, screen],
    ]);
  });

  it('are ignored when their producer has gone meanwhile', () => {
    const state = run(
      roster.enterRoom(joined([peer('a', [camera('p1')])]), 0),
      changed([peer('a')]),
      arrived('a', 'p1', track('late')),
    );
    expect(state.others[0]?.camera).toBeUndefined();
  });

  it('that came before the news of their producer are there with the news', () => {
    const early = track('early');
    const state = run(
      roster.enterRoom(joined([]), 0),
      arrived('a', 'p1', early),
      changed([peer('a', [camera('p1')])], [], new Map([['p1', early]])),
    );
    expect(state.others[0]?.camera?.track).toBe(early);
  });

  it('stay when a producer is paused, and go when another takes its place, or when they close', () => {
    const remote = track('t');
    const tracks = new Map([['p1', remote]]);
    const start = [
      roster.enterRoom(joined([peer('a', [camera('p1')])]), 0),
      roster.setTracks([{ peerId: 'a', producerId: 'p1', track: remote }]),
    ];
    const paused = run(...start, changed([peer('a', [camera('p1', true)])], [], tracks));
    expect(paused.others[0]?.camera).toEqual({ producerId: 'p1', paused: true, track: remote });
    const replaced = run(...start, changed([peer('a', [camera('p2')])], [], tracks));
    expect(replaced.others[0]?.camera).toEqual({ producerId: 'p2', paused: false, track: undefined });
    const closed = run(...start, arrived('a', 'p1', undefined));
    expect(closed.others[0]?.camera).toEqual({ producerId: 'p1', paused: false, track: undefined });
  });
});

describe('changes in the room', () => {
  it('keep the order of joining, and put new people last', () => {
    const state = run(
      roster.enterRoom(joined([peer('a'), peer('b'), peer('c')]), 0),
      changed([peer('d'), peer('b', [camera('p1')])], ['a']),
    );
    expect(state.others.map((other) => other.peerId)).toEqual(['b', 'c', 'd']);
  });

  it('take those who left out of the speakers, ignore oneself, and never double anybody', () => {
    const state = run(
      roster.enterRoom(joined([peer('a')]), 0),
      changed([peer('b'), peer('me')]),
      changed([peer('b')]),
      roster.setSpeakers(['a', 'b']),
      changed([], ['a']),
    );
    expect(state.others.map((other) => other.peerId)).toEqual(['b']);
    expect(state.speakers).toEqual(['b']);
  });

  it('leave everyone else the same object, also who is told again as they are', () => {
    const before = run(roster.enterRoom(joined([peer('a', [camera('p1')]), peer('b'), peer('c')]), 0));
    const after = changed([peer('a', [camera('p1')]), peer('b', [camera('p2')]), peer('d')])(before);
    expect(after.others.map((other, index) => other === before.others[index])).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(arrived('b', 'p2', track('t'))(after).others[0]).toBe(after.others[0]);
  });

  it('make a new state, and leave the old one as it was', () => {
    const before = run(roster.enterRoom(joined([peer('a')]), 0));
    const after = changed([], ['a'])(before);
    expect(before.others).toHaveLength(1);
    expect(after.others).toHaveLength(0);
  });
});

describe('isMediaDue', () => {
  const shown = [{ peerId: 'a', source: 'camera' as const, width: 320, height: 180 }];
  const state = (...producers: ProducerView[]) =>
    run(
      roster.enterRoom(joined([peer('a', producers)]), 1),
      ...producers.map(({ producerId }) => arrived('a', producerId, track(producerId))),
    );

  it('is while somebody who is not muted is received', () => {
    expect(roster.isMediaDue(state(sound('1')), [])).toBe(true);
    expect(roster.isMediaDue(state(sound('1', true), camera('2', true)), shown)).toBe(false);
    expect(roster.isMediaDue(state(), shown)).toBe(false);
    expect(roster.isMediaDue(run(roster.enterRoom(joined([peer('a', [sound('1')])]), 1)), [])).toBe(false);
  });

  it('is for a picture that is shown, and that there is bandwidth for', () => {
    const muted = state(sound('1', true), camera('2'));
    expect(roster.isMediaDue(muted, shown)).toBe(true);
    expect(roster.isMediaDue(muted, [])).toBe(false);
    expect(roster.isMediaDue({ ...muted, limited: new Set(['2']) }, shown)).toBe(false);
  });
});
