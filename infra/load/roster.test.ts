import { describe, expect, it } from '@jest/globals';
import type { PeerView } from '@vcallpe/shared';
import { Roster } from './roster.ts';

function peer(peerId: string, camera?: { paused: boolean }): PeerView {
  const producers = camera ? [{ producerId: `${peerId}-c`, source: 'camera', kind: 'video', ...camera }] : [];
  return { peerId, participantId: peerId, displayName: peerId, role: 'guest', producers } as PeerView;
}

describe('the roster', () => {
  it('knows the others and whose camera is on', () => {
    const roster = new Roster('me', [peer('me', { paused: false }), peer('a', { paused: false }), peer('b')]);
    expect([...roster.peers.keys()]).toEqual(['a', 'b']);
    expect([...roster.publishers]).toEqual(['a']);
    roster.apply({ peers: [peer('a'), peer('b', { paused: false })], left: [] });
    expect([...roster.publishers]).toEqual(['b']);
    roster.apply({ peers: [], left: [{ peerId: 'b', reason: 'left' }] });
    expect([...roster.publishers]).toEqual([]);
    expect([...roster.peers.keys()]).toEqual(['a']);
  });

  it('tells which tracks were paused or resumed, and nothing of those that are new or the same', () => {
    const roster = new Roster('me', [peer('a', { paused: false })]);
    const change = (...peers: PeerView[]) => roster.apply({ peers, left: [] });
    expect(change(peer('a', { paused: true }))).toEqual({ paused: ['a-c'], resumed: [] });
    expect(roster.publishers.size).toBe(0);
    expect(change(peer('a', { paused: true }), peer('b', { paused: true }))).toEqual({
      paused: [],
      resumed: [],
    });
    expect(change(peer('a', { paused: false }))).toEqual({ paused: [], resumed: ['a-c'] });
  });
});
