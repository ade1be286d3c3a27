/** What one person in a meeting can do for another now: only what works, in the order of the menu. */
import { may, mayActOn, type MeetingState } from '@vcallpe/shared';
import type { Conference } from '../../../conference/conference.ts';
import type { Participant } from '../../../conference/state.ts';

export const PERSON_ACTIONS = [
  'mute',
  'askToUnmute',
  'stopVideo',
  'stopShare',
  'lowerHand',
  'spotlight',
  'endSpotlight',
  'makeHost',
  'makeParticipant',
  'makeViewer',
  'remove',
] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

export function actionsOn(
  self: Participant,
  other: Participant,
  meeting: Pick<MeetingState, 'spotlight'> | undefined,
): PersonAction[] {
  const moderates = may(self.role, 'moderate');
  const actsOn = self.peerId !== other.peerId && mayActOn(self.role, other.role);
  const acts = moderates && actsOn;
  const givesRoles = may(self.role, 'setRole') && actsOn;
  const heard = other.microphone !== undefined && !other.microphone.paused;
  const shown = meeting?.spotlight === other.peerId;
  const possible: Record<PersonAction, boolean> = {
    mute: acts && heard,
    askToUnmute: acts && !heard && may(other.role, 'microphone'),
    stopVideo: acts && other.camera !== undefined && !other.camera.paused,
    stopShare: acts && other.screen !== undefined,
    lowerHand: acts && other.handRaisedAt !== undefined,
    spotlight: moderates && !shown,
    endSpotlight: moderates && shown,
    makeHost: givesRoles && other.role !== 'host',
    // A guest takes part already.
    makeParticipant: givesRoles && other.role !== 'participant' && other.role !== 'guest',
    makeViewer: givesRoles && other.role !== 'viewer',
    remove: acts,
  };
  return PERSON_ACTIONS.filter((action) => possible[action]);
}

/** @throws {AppError} the server's refusal */
export async function perform(conference: Conference, action: PersonAction, peerId: string): Promise<void> {
  const requests: Record<PersonAction, () => Promise<unknown>> = {
    mute: () => conference.request('mute', { peerId }),
    askToUnmute: () => conference.request('askToUnmute', { peerId }),
    stopVideo: () => conference.request('stopVideo', { peerId, source: 'camera' }),
    stopShare: () => conference.request('stopVideo', { peerId, source: 'screen' }),
    lowerHand: () => conference.request('lowerHand', { peerId }),
    spotlight: () => conference.request('setSpotlight', { peerId }),
    endSpotlight: () => conference.request('setSpotlight', {}),
    makeHost: () => conference.request('setRole', { peerId, role: 'host' }),
    makeParticipant: () => conference.request('setRole', { peerId, role: 'participant' }),
    makeViewer: () => conference.request('setRole', { peerId, role: 'viewer' }),
    remove: () => conference.request('removePeer', { peerId }),
  };
  await requests[action]();
}
