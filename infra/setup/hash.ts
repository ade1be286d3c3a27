// One hash over files and folders: what tells a step that its inputs are the ones it has already worked on.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

async function filesUnder(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return [];
  if (!info.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * SHA-256, in hex, over the names and contents of the files and of everything in the folders. Paths are relative to
 * `base`, so that the same tree elsewhere has the same hash; what does not exist counts as empty.
 */
export async function hashFiles(base: string, paths: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesUnder(join(base, path))) {
      const content = await readFile(file);
      hash.update(`${file.slice(base.length)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}
