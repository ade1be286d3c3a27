// What the network lab's tests need beside coturn. Where it can't be had, those tests say that they were not run, and why.
import { installPackage } from './apt.ts';
import { findOnPath } from './on-path.ts';
import { SetupError, step } from './progress.ts';

/** By program. */
const PACKAGES = { ip: 'iproute2', nft: 'nftables' };

/** Installs what is missing, as far as that is possible here. */
export function prepareLabTools(childEnv: NodeJS.ProcessEnv): Promise<void> {
  return step('network lab', async () => {
    const missing = Object.entries(PACKAGES).filter(([program]) => !findOnPath(program, childEnv));
    try {
      for (const [, name] of missing) {
        await installPackage(
          { name, need: `The network lab needs ${name}`, remedy: `Install ${name}.` },
          childEnv,
        );
      }
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      return { outcome: 'not possible here', value: undefined };
    }
    return { outcome: missing.length === 0 ? 'installed already' : 'installed', value: undefined };
  });
}
