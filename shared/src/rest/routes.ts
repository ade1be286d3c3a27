import { z } from 'zod';
import { RoomCode } from '../ids.ts';
import { FileView } from '../signaling/conversation.ts';
import { AdminNode, AdminRoomDetail, AdminRoomQuery, SetWorkersBody, WorkerParams } from './admin.ts';
import { LoginBody, RegisterBody, SessionResponse, User } from './auth.ts';
import { FileParams, SendFileQuery } from './files.ts';
import { MeetingList, MeetingListQuery, MeetingParams, MeetingRecord } from './meetings.ts';
import { DeleteMeBody, UpdateMeBody } from './me.ts';
import { CreateRoomBody, JoinGrant, JoinRoomBody, Room, RoomList, UpdateRoomBody } from './rooms.ts';

export const API_PREFIX = '/api/v1';

/**
 * Who may call: anyone, anyone but better with an account, an account, an account that is an admin, somebody in the meeting
 * (by the token of their grant), or the holder of the refresh cookie.
 */
export type RouteAuth = 'none' | 'optional' | 'account' | 'admin' | 'meeting' | 'cookie';

export interface RouteSpec {
  summary: string;
  auth: RouteAuth;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /**
   * A file comes in as the body of the request, or goes out as the body of the answer: its bytes as they are, and for as
   * long as they take.
   */
  file?: 'in' | 'out';
  /** Status of success, and the body that comes with it; 204 has none. */
  status: 200 | 201 | 204;
  response?: z.ZodType;
}

const code = z.object({ code: RoomCode });

/** Every REST route, keyed by method and path. The API parses by this table, and OpenAPI is made from it. */
export const ROUTES = {
  'POST /auth/register': {
    summary: 'Create an account and sign in',
    auth: 'none',
    body: RegisterBody,
    status: 201,
    response: SessionResponse,
  },
  'POST /auth/login': {
    summary: 'Sign in',
    auth: 'none',
    body: LoginBody,
    status: 200,
    response: SessionResponse,
  },
  'POST /auth/refresh': {
    summary: 'Exchange the refresh cookie for a new access token and a new cookie',
    auth: 'cookie',
    status: 200,
    response: SessionResponse,
  },
  'POST /auth/logout': { summary: 'End this session', auth: 'cookie', status: 204 },
  'POST /auth/logout-all': { summary: 'End all sessions of the account', auth: 'account', status: 204 },
  'GET /me': { summary: 'The signed-in account', auth: 'account', status: 200, response: User },
  'PATCH /me': {
    summary: 'Change the display name or the password',
    auth: 'account',
    body: UpdateMeBody,
    status: 200,
    response: User,
  },
  'DELETE /me': {
    summary: 'Delete the account and its rooms',
    auth: 'account',
    body: DeleteMeBody,
    status: 204,
  },
  'POST /rooms': {
    summary: 'Create a room',
    auth: 'account',
    body: CreateRoomBody,
    status: 201,
    response: Room,
  },
  'GET /rooms': { summary: 'My rooms, newest first', auth: 'account', status: 200, response: RoomList },
  'GET /rooms/:code': {
    summary: 'One room',
    auth: 'optional',
    params: code,
    status: 200,
    response: Room,
  },
  'PATCH /rooms/:code': {
    summary: 'Rename a room or change its settings (owner)',
    auth: 'account',
    params: code,
    body: UpdateRoomBody,
    status: 200,
    response: Room,
  },
  'DELETE /rooms/:code': {
    summary: 'Delete a room and end its meeting (owner)',
    auth: 'account',
    params: code,
    status: 204,
  },
  'POST /rooms/:code/join': {
    summary: 'Get a grant to enter a room: SFU address, room token, ICE servers',
    auth: 'optional',
    params: code,
    body: JoinRoomBody,
    status: 200,
    response: JoinGrant,
  },
  'POST /rooms/:code/files': {
    summary: 'Store a file, to be sent with a chat message',
    auth: 'meeting',
    params: code,
    query: SendFileQuery,
    file: 'in',
    status: 201,
    response: FileView,
  },
  'GET /rooms/:code/files/:fileId': {
    summary: 'A file that came with a chat message',
    auth: 'meeting',
    params: FileParams,
    file: 'out',
    status: 200,
  },
  'GET /rooms/:code/meetings': {
    summary: 'Meetings of a room that took place or go on, newest first (owner)',
    auth: 'account',
    params: code,
    query: MeetingListQuery,
    status: 200,
    response: MeetingList,
  },
  'GET /rooms/:code/meetings/:meetingId': {
    summary: 'Who was in a meeting when, and what its hosts did (owner)',
    auth: 'account',
    params: MeetingParams,
    status: 200,
    response: MeetingRecord,
  },
  'GET /rooms/:code/meetings/:meetingId/attendance.csv': {
    summary: 'Who was in a meeting when, as a table for a spreadsheet (owner)',
    auth: 'account',
    params: MeetingParams,
    file: 'out',
    status: 200,
  },
  'GET /admin/node': {
    summary: 'The media server now: workers, rooms, load (admin)',
    auth: 'admin',
    status: 200,
    response: AdminNode,
  },
  'GET /admin/rooms/:code': {
    summary: 'One running meeting: routers, and a page of its peers with bitrates (admin)',
    auth: 'admin',
    params: code,
    query: AdminRoomQuery,
    status: 200,
    response: AdminRoomDetail,
  },
  'PUT /admin/workers': {
    summary: 'Change the number of workers while meetings go on (admin)',
    auth: 'admin',
    body: SetWorkersBody,
    status: 200,
    response: AdminNode,
  },
  'POST /admin/workers/:index/drain': {
    summary: 'Take a worker out of use; its peers move to others (admin)',
    auth: 'admin',
    params: WorkerParams,
    status: 200,
    response: AdminNode,
  },
  'POST /admin/workers/:index/undrain': {
    summary: 'Put a drained worker back in use (admin)',
    auth: 'admin',
    params: WorkerParams,
    status: 200,
    response: AdminNode,
  },
} as const satisfies Record<string, RouteSpec>;

export type RouteKey = keyof typeof ROUTES;
