/** The whole product in the namespace of the SFU, as `npm start -- --https` runs it, supervisor and all. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { inRepository } from '../setup/paths.ts';
import type { Namespace } from './namespace.ts';
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
  /** How often the SFU has repaired media, by cause, since it started. */
  repairs(): ReadonlyMap<string, number>;
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
  const metricsToken = randomUUID();
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
        METRICS_TOKEN: metricsToken,
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
    repairs: () => readRepairs(namespace, `https://${address}:${PORTS.signaling}/metrics`, metricsToken),
    output: () => program.output,
    stop: () => program.stop(),
  };
}

/** Runs in the namespace, as all that reaches the service. Its certificate is self-signed. */
const READ = `
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const [url, token] = process.argv.slice(1);
const answer = await fetch(url, { headers: { authorization: 'Bearer ' + token } });
if (!answer.ok) throw new Error('The metrics were refused: ' + answer.status);
process.stdout.write(await answer.text());
`;

function readRepairs(namespace: Namespace, url: string, token: string): ReadonlyMap<string, number> {
  const metrics = namespace.exec(process.execPath, '--input-type=module', '--eval', READ, url, token);
  const causes = new Map<string, number>();
  for (const [, cause = '', count] of metrics.matchAll(
    /^vcallpe_media_repairs_total\{cause="(\w+)".*\} (\d+)$/gm,
  )) {
    causes.set(cause, (causes.get(cause) ?? 0) + Number(count));
  }
  return causes;
}
