import { describe, expect, it } from '@jest/globals';
import type { Participant } from '../../../conference/state.ts';
import { peopleInOrder } from './people-order.ts';

const person = (displayName: string, handRaisedAt?: number): Participant => ({
  peerId: displayName,
  participantId: displayName,
  displayName,
  role: 'guest',
  handRaisedAt,
});
const names = (people: readonly Participant[]) => people.map(({ displayName }) => displayName);

describe('peopleInOrder', () => {
  const others = [person('zoe'), person('Ärne'), person('Kim', 20), person('Ben', 30), person('adam')];

  it('has raised hands in order of raising, then oneself, then names as people sort them', () => {
    const all = peopleInOrder(person('Mia'), others, '', 'en');
    expect(names(all)).toEqual(['Kim', 'Ben', 'Mia', 'adam', 'Ärne', 'zoe']);
    expect(names(peopleInOrder(person('Mia', 10), others, '', 'en')).slice(0, 3)).toEqual([
      'Mia',
      'Kim',
      'Ben',
    ]);
  });

  it('finds a part of a name in any case', () => {
    expect(names(peopleInOrder(person('Mia'), others, ' I', 'en'))).toEqual(['Kim', 'Mia']);
  });
});
