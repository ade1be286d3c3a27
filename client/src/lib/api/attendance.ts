/** Who was in a meeting, as a table for a spreadsheet: fetched in the owner's name, and kept as a file. */
import { API_PREFIX, AppError, ErrorResponse } from '@vcallpe/shared';
import { api, session } from './client.ts';

/** @throws {AppError} */
export async function saveAttendance(code: string, meetingId: string): Promise<void> {
  const path = `${API_PREFIX}/rooms/${code}/meetings/${meetingId}/attendance.csv`;
  let response = await get(path);
  if (response.status === 401) {
    // Renews the token.
    await api.getMe();
    response = await get(path);
  }
  if (!response.ok) {
    const { data } = ErrorResponse.safeParse(await response.json().catch(() => undefined));
    throw data ? AppError.fromBody(data.error) : new AppError('INTERNAL', `It answered ${response.status}.`);
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  save(await response.blob(), name ?? `attendance-${code}.csv`);
}

function get(path: string): Promise<Response> {
  const { accessToken = '' } = session;
  return fetch(path, { headers: { Authorization: `Bearer ${accessToken}` } }).catch((cause: unknown) => {
    throw new AppError('UNAVAILABLE', 'The server could not be reached.', { cause });
  });
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
