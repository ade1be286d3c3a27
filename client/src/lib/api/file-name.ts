/** What a file is called in a meeting. */
import { LIMITS } from '@vcallpe/shared';

/** What the contract refuses (`FileName`): it lets one name pass for another, or leads somewhere. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const SLASHES = /[/\\]/g;
/** What says how a file is opened; not the last sentence of a long name with points in it. */
const EXTENSION = /\.[^.\s]{1,15}$/;

/** The name of somebody's file, as far as the server takes it: without what is invisible, and shortened before its extension. */
export function sendableName(name: string): string {
  const clean = name.replace(UNPRINTABLE, '').replace(SLASHES, '_').trim();
  if (clean === '') return 'file';
  if (clean.length <= LIMITS.fileNameMax) return clean;
  const extension = EXTENSION.exec(clean)?.[0] ?? '';
  const room = LIMITS.fileNameMax - extension.length - 1;
  let kept = '';
  // By code points: half of one is no character.
  for (const sign of clean) {
    if (kept.length + sign.length > room) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…${extension}`;
}
