// Builds the client with Vite, unless client/dist already is what the sources make.
import { readFile, writeFile } from 'node:fs/promises';
import { hashFiles } from './hash.ts';
import { inRepository, ROOT, viteProgram } from './paths.ts';
import { SetupError, step } from './progress.ts';
import type { Settings } from './settings.ts';
import { runTool } from './tool.ts';

const INPUTS = [
  'package-lock.json',
  'client/index.html',
  'client/package.json',
  'client/public',
  'client/src',
  'client/vite.config.ts',
  'shared/package.json',
  'shared/src',
];

/**
 * The folder of the built client.
 * @throws SetupError when Vite cannot build it.
 */
export function prepareClient({ childEnv }: Pick<Settings, 'childEnv'>): Promise<string> {
  const dist = inRepository('client', 'dist');
  const stamp = inRepository('client', 'dist', '.inputs');
  return step('client', async () => {
    const inputs = await hashFiles(ROOT, INPUTS);
    const builtFrom = await readFile(stamp, 'utf8').catch(() => undefined);
    if (builtFrom === inputs) return { outcome: 'up to date', value: dist };

    const { code, tail } = await runTool(process.execPath, [viteProgram(), 'build'], {
      cwd: inRepository('client'),
      env: { ...childEnv, NODE_ENV: 'production' },
    });
    if (code !== 0) {
      throw new SetupError(
        `Vite could not build the client:\n${tail}`,
        'Mend what Vite complains about, above.',
      );
    }
    await writeFile(stamp, inputs);
    return { outcome: 'built', value: dist };
  });
}
