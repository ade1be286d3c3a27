/** Files of a meeting, in the name of whoever is in it: by the token of the meeting, which guests have too. */
import { API_PREFIX, AppError, ErrorResponse, FileView } from '@vcallpe/shared';
import axios from 'axios';
import { sendableName } from './file-name.ts';
import { toAppError } from './http.ts';

export interface Upload {
  /** The token of the meeting. */
  token: string;
  /** Of the room. */
  code: string;
  file: File;
  /** participantId of the only other person who is to have it. */
  to?: string | undefined;
  signal: AbortSignal;
  /** @param share of the file that is there, 0 to 1 */
  onProgress: (share: number) => void;
}

/** Stores a file, for a message to name. It takes as long as the line needs. @throws {AppError} */
export async function sendFile({ token, code, file, to, signal, onProgress }: Upload): Promise<FileView> {
  try {
    const { data } = await axios.post<unknown>(`${API_PREFIX}/rooms/${code}/files`, file, {
      params: { name: sendableName(file.name), to },
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
      signal,
      onUploadProgress: ({ progress = 0 }) => onProgress(progress),
    });
    return FileView.parse(data);
  } catch (error) {
    throw toAppError(error);
  }
}

/** @throws {AppError} */
export async function fetchFile(token: string, code: string, fileId: string): Promise<Blob> {
  const response = await fetch(`${API_PREFIX}/rooms/${code}/files/${fileId}`, {
    headers: { Authorization: `Bearer ${token}` },
  }).catch((cause: unknown) => {
    throw new AppError('UNAVAILABLE', 'The server could not be reached.', { cause });
  });
  if (response.ok) return response.blob();
  const { data } = ErrorResponse.safeParse(await response.json().catch(() => undefined));
  throw data
    ? AppError.fromBody(data.error)
    : new AppError('INTERNAL', `The server answered ${response.status}.`);
}
