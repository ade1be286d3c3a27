/** The few REST calls that a benchmark needs. */
import { AppError, LIMITS, type ErrorResponse, type JoinGrant, type Room } from '@vcallpe/shared';

/** Makes an account and a room as large as rooms get. Returns the room's code. */
export async function createRoom(url: string): Promise<string> {
  const { accessToken } = await post<{ accessToken: string }>(url, '/auth/register', {
    email: `bench-${Date.now()}@example.org`,
    password: 'correct horse battery',
    displayName: 'Bench',
  });
  const settings = { maxParticipants: LIMITS.participantsPerRoom };
  const room = await post<Room>(url, '/rooms', { name: 'Bench', settings }, accessToken);
  return room.code;
}

/** A guest's way into a room. */
export function grantGuest(url: string, roomCode: string, displayName: string): Promise<JoinGrant> {
  return post(url, `/rooms/${roomCode}/join`, { displayName });
}

/** @throws {AppError} what the API refused with */
async function post<T>(url: string, path: string, body: object, token?: string): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw AppError.fromBody((answer as ErrorResponse).error);
  return answer as T;
}
