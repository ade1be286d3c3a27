// TURN=local: where the relay of `npm start` listens, whom it may reach, and what the API is told about it.
import { lookup } from 'node:dns/promises';
import { access, chmod, mkdir, writeFile } from 'node:fs/promises';
import { isIP, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { TurnAddress } from '../turn/turnserver-conf.ts';
import { turnserverConf } from '../turn/turnserver-conf.ts';
import { mediaListen } from './network.ts';
import { SetupError } from './progress.ts';
import type { Settings } from './settings.ts';
import type { TlsFiles } from './tls.ts';
import { findTurnserver } from './turnserver.ts';

/** The name under which clients sign; nobody sees it. */
const REALM = 'vcallpe';

export interface LocalTurn {
  program: string;
  configFile: string;
  /** Where it can be asked whether it is up. */
  host: string;
  port: number;
  /** TURN_SERVERS for the API, with the secret. */
  servers: string;
}

interface PublicAddress extends TurnAddress {
  /** What browsers are told: the announced name or address, or the own address. */
  host: string;
}

/** The first address of the machine of that family that other machines could know; else loopback. */
function ownAddress(family: 'IPv4' | 'IPv6', { lanAddress }: Settings): string {
  if (family === 'IPv4' && lanAddress !== undefined) return lanAddress;
  const own = Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry?.family === family && !entry.internal && !entry.address.startsWith('fe80:'));
  return own?.address ?? (family === 'IPv4' ? '127.0.0.1' : '::1');
}

/** coturn wants addresses, while browsers may be told a name. */
async function resolved(host: string, ip: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  try {
    return (await lookup(host, { family: isIPv4(ip) ? 4 : 6 })).address;
  } catch (error) {
    throw new SetupError(
      `${host}, the announced address of media, has no address in DNS, which TURN=local needs.`,
      'Set MEDIA_ANNOUNCED_ADDRESS or MEDIA_LISTEN to an IP address, or mend the name.',
      { cause: error },
    );
  }
}

/** The addresses on which media is received; a wildcard is one of the machine's own. */
function turnAddresses(settings: Settings): Promise<PublicAddress[]> {
  const addresses = mediaListen(settings).map(async (entry): Promise<PublicAddress> => {
    const [listen = '', announced] = entry.split('=');
    const ip =
      listen === '0.0.0.0'
        ? ownAddress('IPv4', settings)
        : listen === '::'
          ? ownAddress('IPv6', settings)
          : listen;
    if (announced === undefined || announced === '') return { ip, host: ip };
    return { ip, host: announced, announcedIp: await resolved(announced, ip) };
  });
  return Promise.all(addresses);
}

/** Where browsers find it: not at a loopback address if there is another, since Firefox takes none. */
function turnUrls(addresses: PublicAddress[], port: number, tlsPort: number | undefined): string[][] {
  const isLoopback = ({ host }: PublicAddress) => host.startsWith('127.') || host === '::1';
  const elsewhere = addresses.filter((address) => !isLoopback(address));
  return (elsewhere.length > 0 ? elsewhere : addresses).map(({ host }) => {
    const name = host.includes(':') ? `[${host}]` : host;
    return [
      `turn:${name}:${port}?transport=udp`,
      `turn:${name}:${port}?transport=tcp`,
      ...(tlsPort === undefined ? [] : [`turns:${name}:${tlsPort}?transport=tcp`]),
    ];
  });
}

async function assertReadable(files: TlsFiles): Promise<void> {
  for (const [variable, file] of Object.entries({ TURN_CERT: files.cert, TURN_KEY: files.key })) {
    await access(file).catch((error: unknown) => {
      throw new SetupError(`${variable} is ${file}, which can't be read.`, `Correct ${variable}.`, {
        cause: error,
      });
    });
  }
}

/**
 * Writes coturn's configuration to DATA_DIR/turn (mode 0600). Undefined without TURN=local.
 * @param tls the certificate of the product, where TURN_CERT gives no other
 * @throws SetupError where coturn is not installed, or a setting does not fit
 */
export async function prepareTurn(
  settings: Settings,
  secret: string | undefined,
  tls?: TlsFiles,
): Promise<LocalTurn | undefined> {
  if (settings.turn === undefined || secret === undefined) return undefined;
  const program = findTurnserver(settings.childEnv);
  const { port, tlsPort } = settings.turn;
  const certificate = settings.turn.tls ?? tls;
  if (certificate) await assertReadable(certificate);
  const listen = await turnAddresses(settings);
  const folder = join(settings.dataDir, 'turn');
  const configFile = join(folder, 'turnserver.conf');
  const text = turnserverConf({
    secret,
    realm: REALM,
    listen,
    port,
    tlsPort,
    tls: certificate,
    peers: [...new Set(listen.flatMap(({ ip, announcedIp }) => (announcedIp ? [ip, announcedIp] : [ip])))],
    folder,
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(configFile, text, { mode: 0o600 });
  await chmod(configFile, 0o600);
  const urls = turnUrls(listen, port, certificate && tlsPort);
  return {
    program,
    configFile,
    host: listen[0]?.ip ?? '127.0.0.1',
    port,
    servers: JSON.stringify(urls.map((own) => ({ urls: own, secret }))),
  };
}
