import { expect, it } from '@jest/globals';
import type { Participant } from '../../../conference/state.ts';
import { handsOf } from './hands.ts';

const person = (peerId: string, handRaisedAt?: number): Participant => ({
  peerId,
  participantId: `u:${peerId}`,
  displayName: peerId,
  role: 'participant',
  handRaisedAt,
});

it('are in the order in which they were raised, the same everywhere also when raised at once', () => {
  const people = [person('c', 5), person('a'), person('b', 5), person('d', 2)];
  expect(handsOf(people).map(({ peerId }) => peerId)).toEqual(['d', 'b', 'c']);
});
