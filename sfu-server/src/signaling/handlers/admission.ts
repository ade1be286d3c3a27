import { AppError } from '@vcallpe/shared';
import type { RoomRegistry } from '../../room/room-registry.ts';
import { authorized } from '../authorize.ts';
import type { Handlers } from '../dispatch.ts';

type AdmissionMethod = 'knock' | 'admit' | 'admitAll' | 'deny' | 'letBackIn' | 'tellLobby' | 'setLocked';

/** Waiting at the door, and opening it. */
export function admissionHandlers(registry: RoomRegistry): Pick<Handlers, AdmissionMethod> {
  return {
    async knock(session) {
      if (session.joined || session.ended)
        throw new AppError('WRONG_STATE', 'You are in this meeting already');
      const room = await registry.open(session.claims.roomId);
      try {
        // The socket may have gone meanwhile; nobody else would take it out of the line.
        if (session.ended) throw new AppError('WRONG_STATE', 'You have left');
        return { waitingFor: session.wait(room) };
      } finally {
        room.closeIfUnused();
      }
    },

    admit(session, { participantIds }) {
      const { room, peer } = authorized(session, 'admit');
      room.admission.admit(peer, participantIds);
      return {};
    },

    admitAll(session) {
      const { room, peer } = authorized(session, 'admit');
      room.admission.admitAll(peer);
      return {};
    },

    deny(session, { participantIds }) {
      const { room, peer } = authorized(session, 'admit');
      room.admission.deny(peer, participantIds);
      return {};
    },

    letBackIn(session, { participantId }) {
      const { room, peer } = authorized(session, 'admit');
      room.admission.letBackIn(peer, participantId);
      return {};
    },

    tellLobby(session, { text }) {
      const { room, peer } = authorized(session, 'admit');
      room.admission.tell(peer, text);
      return {};
    },

    setLocked(session, { locked }) {
      const { room, peer } = authorized(session, 'admit');
      room.admission.setLocked(peer, locked);
      return {};
    },
  };
}
