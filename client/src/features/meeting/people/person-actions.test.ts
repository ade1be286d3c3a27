import { describe, expect, it } from '@jest/globals';
import type { Role } from '@vcallpe/shared';
import type { Participant } from '../../../conference/state.ts';
import { actionsOn } from './person-actions.ts';

const person = (role: Role, more: Partial<Participant> = {}): Participant => ({
  peerId: `peer of ${role}`,
  participantId: `u:${'a'.repeat(24)}`,
  displayName: role,
  role,
  ...more,
});
const talking = { microphone: { paused: false }, camera: { paused: false }, screen: { paused: false } };

describe('actionsOn', () => {
  it('offers a host everything that changes something', () => {
    const other = person('participant', { ...talking, handRaisedAt: 1 });
    expect(actionsOn(person('host'), other, undefined)).toEqual([
      'mute',
      'stopVideo',
      'stopShare',
      'lowerHand',
      'spotlight',
      'makeHost',
      'makeViewer',
      'remove',
    ]);
    expect(actionsOn(person('host'), person('guest'), undefined)).toContain('askToUnmute');
  });

  it('does not ask a viewer to unmute, who can’t', () => {
    const actions = actionsOn(person('owner'), person('viewer'), undefined);
    expect(actions).toEqual(['spotlight', 'makeHost', 'makeParticipant', 'remove']);
  });

  it('offers nothing against the owner, nor to a host against another, but to show them', () => {
    const host = person('host', talking);
    expect(actionsOn(host, person('owner', talking), undefined)).toEqual(['spotlight']);
    const other = { ...host, peerId: 'another' };
    expect(actionsOn(host, other, { spotlight: 'another' })).toEqual(['endSpotlight']);
    expect(actionsOn(person('owner'), other, undefined)).toContain('makeParticipant');
  });

  it('offers oneself only the spotlight', () => {
    const owner = person('owner', talking);
    expect(actionsOn(owner, owner, undefined)).toEqual(['spotlight']);
  });

  it.each<Role>(['participant', 'viewer', 'guest'])('offers a %s nothing', (role) => {
    expect(actionsOn(person(role), person('guest', talking), undefined)).toEqual([]);
  });
});
