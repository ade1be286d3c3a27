/** Which errors each route can answer with, beside those that follow from its place in the route table. */
import type { ErrorCode, RouteKey, RouteSpec } from '@vcallpe/shared';

const OWN_ERRORS: Record<RouteKey, readonly ErrorCode[]> = {
  'POST /auth/register': ['EMAIL_TAKEN'],
  'POST /auth/login': ['INVALID_CREDENTIALS'],
  'POST /auth/refresh': ['VALIDATION_FAILED', 'TOKEN_INVALID', 'TOKEN_REUSED'],
  'POST /auth/logout': ['TOKEN_INVALID'],
  'POST /auth/logout-all': [],
  'GET /me': [],
  'PATCH /me': ['INVALID_CREDENTIALS'],
  'DELETE /me': ['INVALID_CREDENTIALS'],
  'POST /rooms': ['LIMIT_REACHED'],
  'GET /rooms': [],
  'GET /rooms/:code': ['ROOM_NOT_FOUND'],
  'PATCH /rooms/:code': ['ROOM_NOT_FOUND', 'FORBIDDEN'],
  'DELETE /rooms/:code': ['ROOM_NOT_FOUND', 'FORBIDDEN'],
  'POST /rooms/:code/join': ['ROOM_NOT_FOUND', 'GUESTS_NOT_ALLOWED', 'PASSWORD_NEEDED', 'PASSWORD_WRONG'],
  'GET /rooms/:code/meetings': ['ROOM_NOT_FOUND', 'FORBIDDEN'],
  'GET /rooms/:code/meetings/:meetingId': ['ROOM_NOT_FOUND', 'FORBIDDEN', 'NOT_FOUND'],
  'GET /rooms/:code/meetings/:meetingId/attendance.csv': ['ROOM_NOT_FOUND', 'FORBIDDEN', 'NOT_FOUND'],
  'POST /rooms/:code/files': ['ROOM_NOT_FOUND', 'FORBIDDEN', 'LIMIT_REACHED', 'PAYLOAD_TOO_LARGE'],
  'GET /rooms/:code/files/:fileId': ['NOT_FOUND'],
  'GET /admin/node': [],
  'GET /admin/rooms/:code': ['ROOM_NOT_FOUND'],
  'PUT /admin/workers': ['WRONG_STATE'],
  'POST /admin/workers/:index/drain': ['NOT_FOUND', 'WRONG_STATE'],
  'POST /admin/workers/:index/undrain': ['NOT_FOUND', 'WRONG_STATE'],
};

export function errorCodesOf(key: RouteKey, spec: RouteSpec): Set<ErrorCode> {
  const codes: ErrorCode[] = [...OWN_ERRORS[key], 'RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE', 'TIMEOUT'];
  if (spec.params ?? spec.query ?? spec.body) codes.push('VALIDATION_FAILED');
  if (spec.body) codes.push('PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  if (spec.auth === 'account' || spec.auth === 'admin' || spec.auth === 'meeting') {
    codes.push('UNAUTHENTICATED', 'TOKEN_INVALID', 'TOKEN_EXPIRED');
  }
  if (spec.auth === 'admin') codes.push('FORBIDDEN');
  if (spec.auth === 'optional') codes.push('TOKEN_INVALID', 'TOKEN_EXPIRED');
  if (spec.auth === 'cookie') codes.push('UNAUTHENTICATED', 'FORBIDDEN');
  return new Set(codes);
}
