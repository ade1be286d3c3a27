import * as moderation from '../../room/moderation.ts';
import { authorized } from '../authorize.ts';
import type { Handlers } from '../dispatch.ts';

type ModerationMethod =
  | 'mute'
  | 'muteAll'
  | 'askToUnmute'
  | 'stopVideo'
  | 'removePeer'
  | 'setRole'
  | 'setSpotlight'
  | 'lowerHand'
  | 'endMeeting';

/** What those who run a meeting do to others. */
export const moderationHandlers: Pick<Handlers, ModerationMethod> = {
  async mute(session, { peerId }) {
    const { room, peer } = authorized(session, 'moderate');
    await moderation.mute(room, peer, peerId);
    return {};
  },

  async muteAll(session) {
    const { room, peer } = authorized(session, 'moderate');
    return { muted: await moderation.muteAll(room, peer) };
  },

  askToUnmute(session, { peerId }) {
    const { room, peer } = authorized(session, 'moderate');
    moderation.askToUnmute(room, peer, peerId);
    return {};
  },

  stopVideo(session, { peerId, source }) {
    const { room, peer } = authorized(session, 'moderate');
    moderation.stopVideo(room, peer, peerId, source);
    return {};
  },

  removePeer(session, { peerId }) {
    const { room, peer } = authorized(session, 'moderate');
    moderation.removePeer(room, peer, peerId);
    return {};
  },

  setRole(session, { peerId, role }) {
    const { room, peer } = authorized(session, 'setRole');
    moderation.setRole(room, peer, peerId, role);
    return {};
  },

  setSpotlight(session, { peerId }) {
    const { room, peer } = authorized(session, 'moderate');
    moderation.setSpotlight(room, peer, peerId);
    return {};
  },

  lowerHand(session, { peerId }) {
    const { room, peer } = authorized(session, 'moderate');
    moderation.lowerHand(room, peer, peerId);
    return {};
  },

  endMeeting(session) {
    const { room, peer } = authorized(session, 'endMeeting');
    // After the answer: the socket is hung up with all the others.
    setImmediate(() => moderation.endMeeting(room, peer));
    return {};
  },
};
