/** The media server as the admin page asks for it; here, so that nobody else loads it. */
import { call } from '../../lib/api/client.ts';

export const adminApi = {
  node: () => call('GET /admin/node'),
  /** @param page from 1 */
  room: (code: string, page: number) => call('GET /admin/rooms/:code', { params: { code }, query: { page } }),
  setWorkers: (count: number) => call('PUT /admin/workers', { body: { count } }),
  drain: (index: number) => call('POST /admin/workers/:index/drain', { params: { index } }),
  undrain: (index: number) => call('POST /admin/workers/:index/undrain', { params: { index } }),
};
