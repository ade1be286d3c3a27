/** The media server for admins. Looking is not logged beyond the request itself; each act is, with who and what. */
import type { Handlers } from '../http/router.ts';
import type { SfuAdmin } from './sfu-admin.ts';

type AdminRoute =
  | 'GET /admin/node'
  | 'GET /admin/rooms/:code'
  | 'PUT /admin/workers'
  | 'POST /admin/workers/:index/drain'
  | 'POST /admin/workers/:index/undrain';

export function adminRoutes(sfu: SfuAdmin): Handlers<AdminRoute> {
  return {
    'GET /admin/node': ({ caller }) => sfu.node(caller.userId),

    'GET /admin/rooms/:code': ({ caller, params, query }) => sfu.room(caller.userId, params.code, query.page),

    'PUT /admin/workers': ({ caller: { userId }, body: { count }, req }) => {
      req.log.info({ userId, act: 'setWorkers', count }, 'admin act');
      return sfu.setWorkers(userId, count);
    },

    'POST /admin/workers/:index/drain': ({ caller: { userId }, params: { index }, req }) => {
      req.log.info({ userId, act: 'drain', worker: index }, 'admin act');
      return sfu.setDraining(userId, index, true);
    },

    'POST /admin/workers/:index/undrain': ({ caller: { userId }, params: { index }, req }) => {
      req.log.info({ userId, act: 'undrain', worker: index }, 'admin act');
      return sfu.setDraining(userId, index, false);
    },
  };
}
