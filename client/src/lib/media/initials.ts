/** One or two letters that stand for a name: the first of the first and of the last word. */
export function initialsOf(displayName: string): string {
  const words = displayName.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  const letters = ends.map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '');
  return letters.join('').toUpperCase() || '?';
}

/**
 * A hue in degrees (0 to 359) that is the same for a person on every screen. FNV-1a, then the mixing
 * step of MurmurHash3: MongoDB ids differ in their last digits only, and would else get similar hues.
 */
export function hueOf(participantId: string): number {
  let hash = 0x811c9dc5;
  for (const char of participantId) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 360;
}
