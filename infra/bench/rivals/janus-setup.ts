/** Brings what the rival needs: Janus from Debian's package, and the library that lets it use loopback. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage } from '../../setup/apt.ts';
import { SetupError, step } from '../../setup/progress.ts';
import type { Settings } from '../../setup/settings.ts';
import { runTool } from '../../setup/tool.ts';

export interface JanusProgram {
  /** Folder with Debian's plugins/, transports/ and so on. */
  modules: string;
  /** For LD_PRELOAD; see lo-ifaddrs.c. */
  preload: string;
}

export const JANUS_BIN = '/usr/bin/janus';

const WANTED = {
  name: 'janus',
  need: 'The rival needs Janus',
  remedy: 'On Debian or Ubuntu: sudo apt-get install janus',
  service: 'janus',
};

type SetupSettings = Pick<Settings, 'childEnv'>;

/**
 * @param folder where the library is built to; it lasts as long as the caller lets it
 * @throws SetupError where Janus is not installed and can't be, or there is no C compiler
 */
export function prepareJanus(settings: SetupSettings, folder: string): Promise<JanusProgram> {
  return step('Janus', async () => {
    const outcome = existsSync(JANUS_BIN) ? 'installed already' : 'installed';
    if (!existsSync(JANUS_BIN)) await installPackage(WANTED, settings.childEnv);
    return { outcome, value: { modules: await findModules(), preload: await buildPreload(folder) } };
  });
}

/** Debian puts them under the machine's architecture. */
async function findModules(): Promise<string> {
  const { tail } = await runTool('dpkg', ['-L', 'janus']);
  const plugin = tail.split('\n').find((file) => file.endsWith('/plugins/libjanus_videoroom.so'));
  if (!plugin) {
    throw new SetupError(
      'The Janus of this machine is not from Debian’s package, or has no VideoRoom.',
      'Install the package: apt-get install janus',
    );
  }
  return plugin.slice(0, plugin.indexOf('/plugins/'));
}

async function buildPreload(folder: string): Promise<string> {
  const library = join(folder, 'lo-ifaddrs.so');
  const source = join(import.meta.dirname, 'lo-ifaddrs.c');
  const { code, tail } = await runTool('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  if (code !== 0) {
    throw new SetupError(
      `Janus needs a small library to use loopback, and no C compiler built it:\n${tail}`,
      'Install one: apt-get install gcc libc6-dev',
    );
  }
  return library;
}
