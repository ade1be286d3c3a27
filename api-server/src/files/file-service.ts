/** Files of meetings: stored as they come, told apart by their bytes, given only to whom they were sent. */
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AppError,
  LIMITS,
  may,
  type FileView,
  type MeetingTokenClaims,
  type SendFileQuery,
} from '@vcallpe/shared';
import { deleteFile, newFileId, type ChatFileDoc, type Database } from '@vcallpe/shared/db';
import { stayNow, wasIn } from './attendance.ts';
import { fileTypeOf, HEAD_BYTES } from './file-type.ts';

export interface OpenedFile {
  name: string;
  type: string;
  bytes: number;
  content: Readable;
}

export class FileService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Stores what comes, until it ends or is too much. It belongs to nothing until a message names it.
   *
   * @throws FORBIDDEN, ROOM_NOT_FOUND, LIMIT_REACHED, PAYLOAD_TOO_LARGE; VALIDATION_FAILED for an empty file
   */
  async store(
    claims: MeetingTokenClaims,
    code: string,
    { name, to }: SendFileQuery,
    content: Readable,
  ): Promise<FileView> {
    const { roomId, participantId } = claims;
    const { chatFiles, fileBytes } = this.#database;
    // What somebody may do changes in the course of a meeting, and their token knows only who they came as.
    const stay = await stayNow(this.#database, roomId, participantId);
    if (!stay || !may(stay.role, 'sendFile')) {
      throw new AppError('FORBIDDEN', 'You can’t send files in this meeting');
    }
    await this.#confirmRoom(roomId, code);
    const { meetingId } = stay;
    const file = await chatFiles.create({
      _id: newFileId(),
      roomId,
      meetingId,
      from: participantId,
      ...(to && { to }),
      name,
      type: 'application/octet-stream',
      bytes: 0,
      complete: false,
      createdAt: new Date(),
    });
    try {
      // Looked at after the insert: before it, parallel uploads would all see room for one more.
      const own = await chatFiles.countDocuments({ meetingId, from: participantId });
      if (own > LIMITS.filesPerPerson) {
        throw new AppError(
          'LIMIT_REACHED',
          `One person can send ${LIMITS.filesPerPerson} files in a meeting`,
        );
      }
      // What others have put there and not sent takes nobody's place.
      const sent = await chatFiles.countDocuments({ meetingId, messageId: { $exists: true } });
      if (sent >= LIMITS.filesPerMeeting) {
        throw new AppError('LIMIT_REACHED', `A meeting holds ${LIMITS.filesPerMeeting} files`);
      }
      const gauge = new Gauge();
      // A file that is refused leaves its connection as it is, or nobody could be told why.
      const chunks = content.iterator({ destroyOnReturn: false });
      await pipeline(chunks, gauge, fileBytes.openUploadStreamWithId(file._id, name));
      if (gauge.bytes === 0) throw new AppError('VALIDATION_FAILED', 'This file is empty');
      const { bytes } = gauge;
      const type = fileTypeOf(gauge.head);
      await chatFiles.updateOne({ _id: file._id }, { $set: { type, bytes, complete: true } });
      // The room may have been deleted meanwhile, and its files before this one was there.
      await this.#confirmRoom(roomId, code);
      return { fileId: file._id.toHexString(), name, type, bytes };
    } catch (error) {
      // What can't be removed now is swept away later.
      await deleteFile(this.#database, file._id).catch(() => undefined);
      throw error;
    }
  }

  /** @throws NOT_FOUND, also for a file that is not for this person: they need not know that it is there. */
  async open(
    { roomId, roomCode, participantId }: MeetingTokenClaims,
    code: string,
    fileId: string,
  ): Promise<OpenedFile> {
    const file =
      code === roomCode
        ? await this.#database.chatFiles.findOne({ _id: fileId, roomId, complete: true }).lean()
        : null;
    const addressed = file && isFor(participantId, file);
    if (!addressed || !(await wasIn(this.#database, file.meetingId, participantId))) {
      throw new AppError('NOT_FOUND', 'This file is not there any more');
    }
    const { _id, name, type, bytes } = file;
    return { name, type, bytes, content: this.#database.fileBytes.openDownloadStream(_id) };
  }

  /** The token outlives the room, and is good for no other. */
  async #confirmRoom(roomId: string, code: string): Promise<void> {
    if (await this.#database.rooms.exists({ _id: roomId, code })) return;
    throw new AppError('ROOM_NOT_FOUND', 'This room no longer exists');
  }
}

/** Its sender has it at once, everyone else when it has come with a message. */
function isFor(participantId: string, { from, to, messageId }: ChatFileDoc): boolean {
  return from === participantId || (messageId !== undefined && (to === undefined || to === participantId));
}

/** Counts what passes, keeps the beginning of it, and ends it when it is too much. */
class Gauge extends Transform {
  bytes = 0;
  head = Buffer.alloc(0);

  override _transform(chunk: Buffer, _encoding: string, done: (error: Error | null, chunk?: Buffer) => void) {
    this.bytes += chunk.length;
    if (this.bytes > LIMITS.fileBytes) {
      const megabytes = LIMITS.fileBytes / 1_000_000;
      return done(new AppError('PAYLOAD_TOO_LARGE', `A file can have at most ${megabytes} MB`));
    }
    if (this.head.length < HEAD_BYTES) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD_BYTES - this.head.length)]);
    }
    done(null, chunk);
  }
}
