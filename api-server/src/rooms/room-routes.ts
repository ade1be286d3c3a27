import { requestHost } from '../http/origin.ts';
import type { Handlers } from '../http/router.ts';
import { regionOf } from '../turn/region.ts';
import type { JoinService } from './join-service.ts';
import { toRoom, type RoomService } from './room-service.ts';

type RoomRoute =
  | 'POST /rooms'
  | 'GET /rooms'
  | 'GET /rooms/:code'
  | 'PATCH /rooms/:code'
  | 'DELETE /rooms/:code'
  | 'POST /rooms/:code/join';

/** @param regionHeader REGION_HEADER */
export function roomRoutes(
  rooms: RoomService,
  joins: JoinService,
  regionHeader: string | undefined,
): Handlers<RoomRoute> {
  return {
    'POST /rooms': ({ caller, body }) => rooms.create(caller.userId, body),

    'GET /rooms': async ({ caller }) => ({ rooms: await rooms.listOf(caller.userId) }),

    'GET /rooms/:code': async ({ caller, params }) => toRoom(await rooms.find(params.code), caller?.userId),

    'PATCH /rooms/:code': ({ caller, params, body }) => rooms.update(caller.userId, params.code, body),

    'DELETE /rooms/:code': ({ caller, params }) => rooms.delete(caller.userId, params.code),

    'POST /rooms/:code/join': ({ caller, params, body, req, address }) => {
      const region = body.region ?? regionOf(req, regionHeader);
      return joins.join(params.code, caller?.userId, { ...body, region }, requestHost(req), address);
    },
  };
}
