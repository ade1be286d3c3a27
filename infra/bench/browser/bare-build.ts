/** Builds the page that has mediasoup-client and nothing else. */
import { inRepository, viteProgram } from '../../setup/paths.ts';
import { runTool } from '../../setup/tool.ts';

/** @throws with what Vite said */
export async function buildBarePage(folder: string): Promise<void> {
  const page = inRepository('infra', 'bench', 'browser', 'bare-page');
  const { code, tail } = await runTool(
    process.execPath,
    [viteProgram(), 'build', page, '--outDir', folder, '--emptyOutDir'],
    { env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (code !== 0) throw new Error(`Vite could not build the bare page:\n${tail}`);
}
