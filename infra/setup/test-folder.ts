// A folder for one test file, gone after it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** Call it at the top of a test file. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vcallpe-setup-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
