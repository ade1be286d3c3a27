// Where things are in the repository.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** An absolute path from one relative to the repository. */
export function inRepository(...parts: string[]): string {
  return join(ROOT, ...parts);
}

/** The folder of mediasoup as sfu-server resolves it, wherever npm has put it. */
export function mediasoupDirectory(): string {
  const entry = createRequire(inRepository('sfu-server', 'package.json')).resolve('mediasoup');
  return (
    entry.slice(0, entry.lastIndexOf(join('node_modules', 'mediasoup'))) + join('node_modules', 'mediasoup')
  );
}

/** Vite's command-line program as the client resolves it. */
export function viteProgram(): string {
  const manifest = createRequire(inRepository('client', 'package.json')).resolve('vite/package.json');
  return join(dirname(manifest), 'bin', 'vite.js');
}
