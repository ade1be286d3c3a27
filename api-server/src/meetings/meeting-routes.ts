import type { Handlers } from '../http/router.ts';
import { attendanceCsv } from './csv.ts';
import type { MeetingService } from './meeting-service.ts';

type MeetingRoute =
  | 'GET /rooms/:code/meetings'
  | 'GET /rooms/:code/meetings/:meetingId'
  | 'GET /rooms/:code/meetings/:meetingId/attendance.csv';

export function meetingRoutes(meetings: MeetingService): Handlers<MeetingRoute> {
  return {
    'GET /rooms/:code/meetings': ({ caller, params, query }) =>
      meetings.list(caller.userId, params.code, query),

    'GET /rooms/:code/meetings/:meetingId': ({ caller, params }) =>
      meetings.get(caller.userId, params.code, params.meetingId),

    'GET /rooms/:code/meetings/:meetingId/attendance.csv': async ({ caller, params, res }) => {
      const record = await meetings.get(caller.userId, params.code, params.meetingId);
      const day = new Date(record.startedAt).toISOString().slice(0, 10);
      res.attachment(`attendance-${params.code}-${day}.csv`).type('text/csv').send(attendanceCsv(record));
    },
  };
}
