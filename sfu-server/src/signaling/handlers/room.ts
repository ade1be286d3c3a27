import { AppError } from '@vcallpe/shared';
import type { types } from 'mediasoup';
import { tellAgain } from '../../room/announcements.ts';
import type { RoomRegistry } from '../../room/room-registry.ts';
import type { Handlers } from '../dispatch.ts';
import type { Sessions } from '../sessions.ts';

/** Coming in, saying what is shown, going out. */
export function roomHandlers(
  registry: RoomRegistry,
  sessions: Sessions,
): Pick<Handlers, 'join' | 'resume' | 'receive' | 'show' | 'ping' | 'leave'> {
  return {
    async join(session, entry) {
      if (session.joining || session.joined || session.ended) {
        throw new AppError('WRONG_STATE', 'This socket has joined already');
      }
      session.joining = true;
      try {
        const { roomId, participantId, displayName, role } = session.claims;
        let room = await registry.open(roomId);
        // The last peer may have left, and closed the room, while we were waiting for it.
        if (room.closed) room = await registry.open(roomId);
        const { peer, joined } = await room
          .join({ participantId, displayName, role }, session.channel, entry)
          .finally(() => room.closeIfUnused());
        session.enter({ room, peer });
        sessions.add(session);
        // The socket may have gone while the transports were made; nobody else would take the peer out.
        if (session.ended) session.end('disconnected');
        return joined;
      } finally {
        session.joining = false;
      }
    },

    resume(session) {
      const { room, peer } = session.place;
      // Told after the answer, to which they belong.
      setImmediate(() => tellAgain(peer));
      return {
        ...room.viewFor(peer),
        consumers: peer.receiving.offers(),
        layersWanted: [...peer.producers.values()].map(({ id, kind }) => ({
          producerId: id,
          maxSpatialLayer: kind === 'video' ? room.demand.told(id) : 0,
        })),
        transportsLost: peer.transportsLost,
        videoLimited: room.audit.limitedOf(peer),
      };
    },

    async receive(session, { rtpCapabilities, tiles }) {
      const { room, peer } = session.place;
      await room.startReceiving(peer, rtpCapabilities as types.RtpCapabilities, tiles);
      return {};
    },

    async show(session, { tiles }) {
      const { room, peer } = session.place;
      await room.show(peer, tiles);
      return {};
    },

    ping: () => ({}),

    leave(session) {
      session.end('left');
      return {};
    },
  };
}
