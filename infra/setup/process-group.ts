// Signals to a child together with everything that the child started.
import { hasCode } from './errno.ts';

/** Signals the process group that a child spawned with `detached: true` leads. A group that is gone already is fine. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}
