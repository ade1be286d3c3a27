import { describe, expect, it } from '@jest/globals';
import { decide, type Door, type Visitor } from './admission.ts';

const OPEN: Door = {
  newcomersKnock: false,
  locked: false,
  full: false,
  lobby: false,
  joinBeforeHost: true,
  hostThere: false,
};
const NEW: Visitor = { role: 'guest', wasIn: false, admitted: false, removed: false };
const EVERYTHING_SHUT: Door = {
  newcomersKnock: true,
  locked: true,
  full: true,
  lobby: true,
  joinBeforeHost: false,
  hostThere: false,
};

describe('decide', () => {
  it.each<[string, Partial<Visitor>, Partial<Door>, ReturnType<typeof decide>]>([
    ['an open door', {}, {}, 'enter'],
    ['the owner, always', { role: 'owner' }, EVERYTHING_SHUT, 'enter'],
    ['the owner, even removed by mistake', { role: 'owner', removed: true }, {}, 'enter'],
    ['a host, always', { role: 'host', wasIn: true }, EVERYTHING_SHUT, 'enter'],
    ['a host whom the owner has removed', { role: 'host', wasIn: true, removed: true }, {}, 'REMOVED'],
    ['somebody new at a lock', {}, { locked: true }, 'ROOM_LOCKED'],
    ['somebody new at a lock with a lobby', {}, { locked: true, lobby: true }, 'ROOM_LOCKED'],
    ['somebody back at a lock', { wasIn: true }, { locked: true }, 'enter'],
    ['somebody admitted, and then a lock', { admitted: true }, { locked: true }, 'enter'],
    ['somebody removed', { wasIn: true, removed: true }, {}, 'REMOVED'],
    ['somebody turned away, who was admitted before', { admitted: true, removed: true }, {}, 'REMOVED'],
    ['a lobby', {}, { lobby: true }, 'admission'],
    ['a lobby with a host inside', {}, { lobby: true, hostThere: true }, 'admission'],
    ['a lobby, and admitted', { admitted: true }, { lobby: true }, 'enter'],
    ['a lobby, and back', { wasIn: true }, { lobby: true }, 'enter'],
    ['somebody new after a removal', {}, { newcomersKnock: true }, 'admission'],
    ['an account after a removal', { role: 'participant' }, { newcomersKnock: true }, 'admission'],
    ['somebody back after a removal', { wasIn: true }, { newcomersKnock: true }, 'enter'],
    ['somebody admitted after a removal', { admitted: true }, { newcomersKnock: true }, 'enter'],
    ['no host yet', {}, { joinBeforeHost: false }, 'host'],
    ['no host yet, and back', { wasIn: true }, { joinBeforeHost: false }, 'enter'],
    ['a host is there', {}, { joinBeforeHost: false, hostThere: true }, 'enter'],
    ['no host yet, with a lobby', {}, { joinBeforeHost: false, lobby: true }, 'admission'],
    ['full', {}, { full: true }, 'ROOM_FULL'],
    ['full, and back', { wasIn: true }, { full: true }, 'ROOM_FULL'],
    ['full, rather than waiting for nothing', {}, { full: true, lobby: true }, 'ROOM_FULL'],
    ['an account', { role: 'participant' }, { lobby: true }, 'admission'],
    ['a viewer who comes back', { role: 'viewer', wasIn: true }, { lobby: true }, 'enter'],
  ])('%s', (_what, visitor, door, expected) => {
    expect(decide({ ...NEW, ...visitor }, { ...OPEN, ...door })).toBe(expected);
  });
});
