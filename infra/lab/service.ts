/** The whole product in the namespace of the SFU, as `npm start -- --https` runs it, supervisor and all. */
import { join } from 'node:path';
import { inRepository } from '../setup/paths.ts';
import { Program } from './program.ts';
import { PORTS } from './rules.ts';
import type { Host } from './topology.ts';

/** The client may have to be built first. */
const READY_WITHIN_MS = 180_000;

const PROCESSES = { worker: /mediasoup-worker/, sfu: /sfu-server\/src\/index\.ts/ };

export interface Service {
  /** Where a browser goes. */
  url: string;
  /** kill -9. @throws unless there is exactly one of it */
  kill(what: keyof typeof PROCESSES): void;
  /** What it printed last. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * @param dir where it keeps its data
 * @param turnServers TURN_SERVERS of the API
 */
export async function startService(
  { namespace, address }: Host,
  dir: string,
  turnServers: string,
): Promise<Service> {
  const program = await Program.start(
    namespace,
    [process.execPath, inRepository('infra', 'setup', 'start.ts'), '--https'],
    {
      env: {
        ...process.env,
        NODE_ENV: undefined,
        NODE_OPTIONS: '',
        DATA_DIR: join(dir, 'data'),
        HOST: address,
        PORT: String(PORTS.web),
        SFU_PORT: String(PORTS.signaling),
        RTC_PORT: String(PORTS.media),
        MEDIA_LISTEN: address,
        WORKERS: '1',
        TURN_SERVERS: turnServers,
        // All come from a few addresses.
        RATE_LIMIT_SCALE: '100',
      },
      isReady: (output) => output.includes('VCallPe is ready'),
      readyWithinMs: READY_WITHIN_MS,
    },
  );
  return {
    url: `https://${address}:${PORTS.web}`,
    kill(what) {
      const count = namespace.kill(PROCESSES[what]);
      if (count !== 1) throw new Error(`Killed ${count} processes of the kind ${what}, and not one`);
    },
    output: () => program.output,
    stop: () => program.stop(),
  };
}
