// Writes turnserver.conf for a coturn that runs by itself, beside a deployment or on a machine of its own: docs/turn.md.
import { chmod, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printFailure, SetupError } from '../setup/progress.ts';
import { turnserverConf } from './turnserver-conf.ts';

const HELP = `TURN_SECRET=… node infra/turn/write-config.ts --listen ADDRESS[=ANNOUNCED] --peer ADDRESS … [options]

  --listen    IP address of this machine, and behind a NAT the public one after "="; may be repeated
  --peer      IP address of the media server, as browsers are told, and the one behind its NAT; may be repeated
  --realm     the name of this TURN server, such as turn.example.org
  --cert      certificate chain, PEM        --key       its key, PEM; both or neither
  --port      UDP and TCP, 3478             --tls-port  TLS, 443
  --folder    where coturn may write, /var/lib/turn
  --out       the file, turnserver.conf`;

function readFlags() {
  const { values } = parseArgs({
    options: {
      listen: { type: 'string', multiple: true, default: [] },
      peer: { type: 'string', multiple: true, default: [] },
      realm: { type: 'string' },
      cert: { type: 'string' },
      key: { type: 'string' },
      port: { type: 'string', default: '3478' },
      'tls-port': { type: 'string', default: '443' },
      folder: { type: 'string', default: '/var/lib/turn' },
      out: { type: 'string', default: 'turnserver.conf' },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

function portFrom(name: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new TypeError(`--${name} must be a port from 1 to 65535`);
}

/** @throws {TypeError} for what is missing or does not fit */
function configuration(values: ReturnType<typeof readFlags>): string {
  const { TURN_SECRET: secret = '' } = process.env;
  const { listen, peer, realm, cert, key } = values;
  if (secret.length < 32) throw new TypeError('TURN_SECRET must be set, to at least 32 characters');
  if (listen.length === 0 || peer.length === 0) throw new TypeError('--listen and --peer are needed');
  if (realm === undefined) throw new TypeError('--realm is needed');
  if ((cert === undefined) !== (key === undefined)) throw new TypeError('--cert and --key: both or neither');
  return turnserverConf({
    secret,
    realm,
    listen: listen.map((entry) => {
      const [ip = '', announcedIp] = entry.split('=');
      return { ip, announcedIp };
    }),
    port: portFrom('port', values.port),
    tlsPort: portFrom('tls-port', values['tls-port']),
    tls: cert !== undefined && key !== undefined ? { cert, key } : undefined,
    peers: peer,
    folder: values.folder,
  });
}

async function main(): Promise<void> {
  try {
    const values = readFlags();
    if (values.help) return console.log(HELP);
    const text = configuration(values);
    await writeFile(values.out, text, { mode: 0o600 });
    // A file that was there before keeps its mode otherwise.
    await chmod(values.out, 0o600);
    console.log(`Written to ${resolve(values.out)}. It holds the secret: coturn alone should read it.`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new SetupError(`${error.message}.`, 'See: node infra/turn/write-config.ts --help', {
      cause: error,
    });
  }
}

await main().catch((error: unknown) => {
  printFailure(error);
  process.exitCode = 1;
});
