/** Everything that people in one meeting say to each other beside sound and picture. It lives as long as their conference. */
import { AppError, type FileView } from '@vcallpe/shared';
import { Chat } from '../../../conference/chat.ts';
import type { Conference } from '../../../conference/conference.ts';
import { Polls } from '../../../conference/polls.ts';
import { fetchFile, sendFile, type Upload } from '../../../lib/api/files.ts';

export interface Conversation {
  conference: Conference;
  chat: Chat;
  polls: Polls;
  /** @throws {AppError} */
  upload(what: Omit<Upload, 'token' | 'code'>): Promise<FileView>;
  /** @throws {AppError} */
  download(file: FileView): Promise<Blob>;
}

/** @param code of the room */
export function converse(conference: Conference, code: string): Conversation {
  const token = () => {
    const { meetingToken } = conference;
    if (!meetingToken) throw new AppError('UNAVAILABLE', 'You are not in the meeting just now');
    return meetingToken;
  };
  /** A picture that is shown twice is fetched once. */
  const fetched = new Map<string, Promise<Blob>>();
  return {
    conference,
    chat: new Chat(conference),
    polls: new Polls(conference),
    upload: async (what) => sendFile({ ...what, token: token(), code }),
    async download({ fileId }) {
      const blob = fetched.get(fileId) ?? fetchFile(token(), code, fileId);
      fetched.set(fileId, blob);
      blob.catch(() => fetched.delete(fileId));
      return blob;
    },
  };
}
