import { randomInt } from 'node:crypto';
import { assertPortsFree, type PortUse } from '../setup/ports.ts';

/** Below those that the kernel gives to outgoing connections: one of these would take a port between the look and its use. */
const FIRST = 20_000;
const LAST = 32_000;
const TRIES = 50;

/**
 * So many ports in a row that nobody uses now, over TCP or UDP.
 *
 * @throws when there are none, as far as one can tell
 */
export async function freePorts(count: number): Promise<number[]> {
  let cause: unknown;
  for (let tries = 0; tries < TRIES; tries++) {
    const first = randomInt(FIRST, LAST - count);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    try {
      await assertPortsFree(ports.flatMap(bothProtocols));
      return ports;
    } catch (error) {
      cause = error;
    }
  }
  throw new Error(`No ${count} free ports in a row from ${FIRST} to ${LAST}`, { cause });
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}

function bothProtocols(port: number): PortUse[] {
  const use = { variable: 'port', address: '0.0.0.0', port };
  return [
    { ...use, protocol: 'TCP' },
    { ...use, protocol: 'UDP' },
  ];
}
