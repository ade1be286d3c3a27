/** Files that people send each other in a meeting. */
import { z } from 'zod';
import { ObjectIdHex, ParticipantId, RoomCode } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { line } from './common.ts';

/** A name without a way: it is shown, and offered as the name to save the file under. */
export const FileName = line(LIMITS.fileNameMax, 'A file name').refine(
  (name) => !/[/\\]/.test(name),
  'A file name can’t contain slashes',
);

/** The body of an upload is the file itself; this comes beside it. */
export const SendFileQuery = z.object({
  name: FileName,
  /** Nobody but this person and the sender can have it. */
  to: ParticipantId.optional(),
});
export type SendFileQuery = z.infer<typeof SendFileQuery>;

export const FileParams = z.object({ code: RoomCode, fileId: ObjectIdHex });

/** Raster images, which browsers only ever draw. Everything else is saved and never opened by a page of ours. */
export const SHOWN_IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
