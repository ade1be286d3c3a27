// Finds coturn's program, for TURN=local, or installs Debian's, for the tests.
import { installPackage } from './apt.ts';
import { findOnPath } from './on-path.ts';
import { SetupError, step } from './progress.ts';

const WANTED = {
  name: 'coturn',
  need: 'The tests of the relay need coturn',
  remedy: 'Install it so that turnserver is on the PATH. On Debian: sudo apt-get install coturn',
  service: 'coturn',
};

/** @throws SetupError when there is none. */
export function findTurnserver(childEnv: NodeJS.ProcessEnv): string {
  const program = findOnPath('turnserver', childEnv);
  if (program !== undefined) return program;
  throw new SetupError(
    'TURN=local runs coturn, and there is no turnserver on the PATH.',
    'Install it (on Debian or Ubuntu: sudo apt-get install coturn), or unset TURN.',
  );
}

/**
 * Sees to it that there is a turnserver on the PATH; installing it takes root.
 * @throws SetupError when there is none and none can be installed.
 */
export function prepareTurnserver(childEnv: NodeJS.ProcessEnv): Promise<void> {
  return step('coturn', async () => {
    if (findOnPath('turnserver', childEnv) !== undefined) {
      return { outcome: 'installed already', value: undefined };
    }
    await installPackage(WANTED, childEnv);
    return { outcome: 'installed', value: undefined };
  });
}
