/**
 * What a file is, by its first bytes and never by its name. Nothing here is opened by our pages but raster images, so the
 * few types that people recognize are enough, and a parser of two hundred formats would be one more thing to attack.
 */

/** Bytes of the beginning that `fileTypeOf` looks at. */
export const HEAD_BYTES = 512;

const UNKNOWN = 'application/octet-stream';

/** `at`: offset of the mark. */
const MARKS: readonly { type: string; at: number; mark: string }[] = [
  { type: 'image/png', at: 0, mark: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', at: 0, mark: '\xff\xd8\xff' },
  { type: 'image/gif', at: 0, mark: 'GIF87a' },
  { type: 'image/gif', at: 0, mark: 'GIF89a' },
  { type: 'image/webp', at: 8, mark: 'WEBPVP8' },
  { type: 'application/pdf', at: 0, mark: '%PDF-' },
  // Office documents are zip files too.
  { type: 'application/zip', at: 0, mark: 'PK\x03\x04' },
  { type: 'video/mp4', at: 4, mark: 'ftyp' },
  { type: 'video/webm', at: 0, mark: '\x1a\x45\xdf\xa3' },
  { type: 'audio/ogg', at: 0, mark: 'OggS' },
  { type: 'audio/mpeg', at: 0, mark: 'ID3' },
  { type: 'audio/wav', at: 8, mark: 'WAVEfmt' },
];

/** MIME type of a file that begins so. */
export function fileTypeOf(head: Uint8Array): string {
  const text = Buffer.from(head).toString('latin1');
  const found = MARKS.find(({ at, mark }) => text.startsWith(mark, at));
  return found?.type ?? (isText(head) ? 'text/plain' : UNKNOWN);
}

/** UTF-8 without control characters other than those that shape lines. The head may end within a character. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return !/[^\P{Cc}\t\n\f\r]/u.test(text);
  } catch {
    return false;
  }
}
