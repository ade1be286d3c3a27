// After an `npm install`: node infra/setup/complete-lock.ts adds to package-lock.json the platforms that npm left out.
import { readFile, writeFile } from 'node:fs/promises';
import type { LockPackages } from './lock-file.ts';
import { missingPlatforms } from './lock-file.ts';
import { inRepository } from './paths.ts';

const file = inRepository('package-lock.json');
const lock: { packages: LockPackages } = JSON.parse(await readFile(file, 'utf8'));
const missing = missingPlatforms(lock.packages);
const entries = Object.entries({ ...lock.packages, ...missing });
lock.packages = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en')));
await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`added ${Object.keys(missing).length}: ${Object.keys(missing).join(', ')}`);
