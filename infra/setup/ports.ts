// Looks whether the ports are free before anything starts, so that a taken one is a message and not a crash in a log.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { mediaListen } from './network.ts';
import { SetupError } from './progress.ts';
import type { Settings } from './settings.ts';

export interface PortUse {
  /** The environment variable that decides the port. */
  variable: string;
  protocol: 'TCP' | 'UDP';
  address: string;
  port: number;
}

/** Every port that the product is going to open. */
export function portUses(settings: Settings): PortUse[] {
  const { host, port, sfuPort, rtcPort, workers, turn } = settings;
  const media = mediaListen(settings).map((entry) => entry.split('=')[0] ?? entry);
  const turnUses = media.flatMap((address): PortUse[] => {
    if (turn === undefined) return [];
    const plain = { variable: 'TURN_PORT', address, port: turn.port };
    const tls: PortUse = { variable: 'TURN_TLS_PORT', protocol: 'TCP', address, port: turn.tlsPort };
    return [
      { ...plain, protocol: 'UDP' },
      { ...plain, protocol: 'TCP' },
      ...(settings.https || turn.tls ? [tls] : []),
    ];
  });
  return [
    { variable: 'PORT', protocol: 'TCP', address: host, port },
    { variable: 'SFU_PORT', protocol: 'TCP', address: host, port: sfuPort },
    ...turnUses,
    ...Array.from({ length: workers }, (_, worker) => rtcPort + worker).flatMap((port) =>
      media.flatMap((address): PortUse[] => [
        { variable: 'RTC_PORT', protocol: 'UDP', address, port },
        { variable: 'RTC_PORT', protocol: 'TCP', address, port },
      ]),
    ),
  ];
}

function bindTcp({ port, address }: PortUse): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve()));
  });
}

function bindUdp({ port, address }: PortUse): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', reject);
    socket.bind({ port, address, exclusive: true }, () => socket.close(() => resolve()));
  });
}

function explain({ variable, protocol, address, port }: PortUse, error: NodeJS.ErrnoException): SetupError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new SetupError(
        `Port ${port} (${variable}) is taken: another program uses it for ${protocol} on ${address}.`,
        `End that program, or choose another port: ${variable}=${port + 100} npm start`,
        { cause: error },
      );
    case 'EACCES':
      return new SetupError(
        `Port ${port} (${variable}) may be opened only by the administrator.`,
        `Choose one from 1024 on: ${variable}=3000 npm start`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new SetupError(
        `${address} is not an address of this machine.`,
        'Correct HOST (the servers) or LAN_ADDRESS (media), or unset it.',
        { cause: error },
      );
    default:
      return new SetupError(
        `Port ${port} (${variable}) cannot be opened for ${protocol} on ${address}: ${error.message}.`,
        `Choose another port with ${variable}.`,
        { cause: error },
      );
  }
}

/** @throws SetupError for the first port that cannot be opened, naming the variable that moves it. */
export async function assertPortsFree(uses: PortUse[]): Promise<void> {
  for (const use of uses) {
    await (use.protocol === 'TCP' ? bindTcp(use) : bindUdp(use)).catch((error: NodeJS.ErrnoException) => {
      throw explain(use, error);
    });
  }
}
