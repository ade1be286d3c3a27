/** A real coturn on loopback, for as long as a test needs it. */
import { spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IceServer } from '@vcallpe/shared';
import { Hopeless, until } from '../../browser/wait.ts';
import { freePort } from '../../e2e/free-ports.ts';

export const TURN_SECRET = 'the secret of a TURN server in tests';

/** Whether coturn is installed here. */
export const turnserverIsThere = (): boolean => spawnSync('turnserver', ['--version']).error === undefined;

export interface Turnserver {
  port: number;
  close(): Promise<void>;
}

/** @param more further arguments, such as --allow-loopback-peers */
export async function startTurnserver(...more: string[]): Promise<Turnserver> {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'vcallpe-turn-'));
  const child = spawn(
    'turnserver',
    [
      ...['-n', '--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--listening-port', String(port)],
      ...['--use-auth-secret', '--static-auth-secret', TURN_SECRET, '--realm', 'test.example.org'],
      ...['--no-dtls', '--no-cli', '--log-file', 'stdout'],
      // TLS only where a test asks for it: without a certificate coturn would say so and go on.
      ...(more.includes('--cert') ? [] : ['--no-tls']),
      ...['--pidfile', join(dir, 'pid'), '--userdb', join(dir, 'db')],
      ...more,
    ],
    { stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  await until('the TURN server to listen', () => {
    if (child.exitCode !== null) throw new Hopeless(`turnserver ended with ${child.exitCode}`);
    return accepts(port);
  });
  return {
    port,
    async close() {
      child.kill('SIGTERM');
      await exited;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).then((accepted) => {
    socket.destroy();
    return accepted === true;
  });
}

/** Credentials as the TURN REST API makes them, valid for an hour, or already expired. */
export function turnCredentials(urls: string, secret = TURN_SECRET, expiresInS = 3_600): IceServer {
  const username = `${Math.floor(Date.now() / 1000) + expiresInS}:doctor`;
  return { urls, username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
