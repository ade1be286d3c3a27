// Installs a package of Debian or Ubuntu that tests and benchmarks need.
import { findOnPath } from './on-path.ts';
import { SetupError } from './progress.ts';
import { runTool } from './tool.ts';

export interface Wanted {
  /** The package. */
  name: string;
  /** Who needs it, for the message: `The browser tests need Chromium`. */
  need: string;
  /** What a person can do. */
  remedy: string;
  /** The service that the package starts, which nobody asked for. */
  service?: string;
}

/** @throws SetupError when we are not root, there is no apt-get, or it fails. */
export async function installPackage(
  { name, need, remedy, service }: Wanted,
  childEnv: NodeJS.ProcessEnv,
): Promise<void> {
  if (process.getuid?.() !== 0 || findOnPath('apt-get', childEnv) === undefined) {
    throw new SetupError(`${need}, and there is none here.`, remedy);
  }
  const env = { ...childEnv, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    const options = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
    const { code, tail } = await runTool('apt-get', [...options, ...args], { env });
    if (code !== 0) throw new SetupError(`${need}, and apt-get ${args[0]} failed:\n${tail}`, remedy);
  }
  // Without systemd there is no service, and this fails.
  if (service !== undefined) await runTool('systemctl', ['disable', '--now', service], { env });
}
