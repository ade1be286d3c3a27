/** coturn in its namespace, as docs/turn.md has it run on a machine of its own: UDP and TCP on 3478, TLS on 443. */
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { turnserverConf } from '../turn/turnserver-conf.ts';
import { Program } from './program.ts';
import { PORTS } from './rules.ts';
import type { Host } from './topology.ts';

export interface Turn {
  /** TURN_SERVERS for the API. */
  servers: string;
  /**
   * SHA-256 of the public key of its certificate, base64: with it `--ignore-certificate-errors-spki-list` makes Chromium accept
   * the certificate, which nobody signed.
   */
  keyHash: string;
  stop(): Promise<void>;
}

/**
 * @param sfu the only one that it may relay to
 * @param dir for its files
 */
export async function startTurn({ namespace, address }: Host, sfu: Host, dir: string): Promise<Turn> {
  const { turn: port, turnTls: tlsPort } = PORTS;
  const secret = randomBytes(32).toString('base64url');
  const { certificate, ...tls } = await writeCertificate(address, dir);
  const config = join(dir, 'turnserver.conf');
  const text = turnserverConf({
    secret,
    realm: 'lab',
    listen: [{ ip: address }],
    port,
    tlsPort,
    tls,
    peers: [sfu.address],
    folder: dir,
  });
  await writeFile(config, text, { mode: 0o600 });
  const program = await Program.start(namespace, ['turnserver', '-c', config], {
    isReady: (_, pid) => [port, tlsPort].every((each) => listens(pid, each)),
    readyWithinMs: 15_000,
  });
  const urls = [
    `turn:${address}:${port}?transport=udp`,
    `turn:${address}:${port}?transport=tcp`,
    `turns:${address}:${tlsPort}?transport=tcp`,
  ];
  return {
    servers: JSON.stringify([{ urls, secret }]),
    keyHash: createHash('sha256')
      .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64'),
    stop: () => program.stop(),
  };
}

interface CertificateFiles {
  certificate: X509Certificate;
  /** PEM files. */
  cert: string;
  key: string;
}

/** Self-signed, for the address. */
async function writeCertificate(address: string, dir: string): Promise<CertificateFiles> {
  const made = await generate([{ name: 'commonName', value: 'TURN in the lab' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: address }] }],
  });
  const files = { cert: join(dir, 'turn-cert.pem'), key: join(dir, 'turn-key.pem') };
  await writeFile(files.cert, made.cert);
  await writeFile(files.key, made.private, { mode: 0o600 });
  return { certificate: new X509Certificate(made.cert), ...files };
}

/** Whether somebody listens on the TCP port in the network namespace of a process. */
function listens(pid: number, port: number): boolean {
  const LISTEN = '0A';
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some(([, address, , state]) => state === LISTEN && address?.endsWith(local));
}
