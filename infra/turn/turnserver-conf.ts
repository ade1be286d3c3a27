/** coturn's configuration as code: what `npm start` with TURN=local runs, and what write-config.ts writes for operators. */
import { isIP, isIPv4 } from 'node:net';
import { EVERYTHING, PRIVATE_RANGES } from './denied-peers.ts';

export interface TurnAddress {
  ip: string;
  /** The IP address that clients know for it, behind a NAT that forwards its ports one to one. */
  announcedIp?: string;
}

export interface TurnserverOptions {
  /** Shared with the API, which makes credentials from it. */
  secret: string;
  realm: string;
  listen: readonly TurnAddress[];
  /** UDP and TCP. */
  port: number;
  /** TLS over TCP. */
  tlsPort: number;
  /** PEM files; without them it listens without TLS only. */
  tls?: { cert: string; key: string };
  /** The media servers' addresses: all that the relay sends to. */
  peers: readonly string[];
  /** For its pid and its database of users, which stays empty; it must be able to write there. */
  folder: string;
}

/** Ports of the relay, UDP: the dynamic range of RFC 6335, which is coturn's default too. */
export const RELAY_PORTS = { first: 49_152, last: 65_535 } as const;

/**
 * Allocations of one participant at a time. A browser makes one for each TURN address, transport and network interface: 5
 * addresses, 2 transports and 2 interfaces are 20. The double stands for a device change, since what was not given back
 * lasts 10 minutes.
 */
export const USER_QUOTA = 40;
/** Allocations altogether. Each guest is a user of its own, so this is what bounds them; each takes a port. */
const TOTAL_QUOTA = 4_000;
/** Bytes per second in each direction of one allocation: 20 Mbit/s, a page of 25 tiles and a shared screen. */
const MAX_BPS = 2_500_000;
/** How long a nonce is good, s; coturn's own default. */
const STALE_NONCE_S = 600;

/** A value is the rest of its line, so it can be nothing that ends the line or that coturn strips. */
function checked(name: string, value: string): string {
  if (!/^[^\s"'#=][^\s"']*$/.test(value)) throw new TypeError(`${name} can't be written to turnserver.conf`);
  return value;
}

function address(name: string, value: string): string {
  if (isIP(value) === 0) throw new TypeError(`${name} must be an IP address: ${value}`);
  return value;
}

function isLoopback(ip: string): boolean {
  return isIPv4(ip) ? ip.startsWith('127.') : ip === '::1';
}

/**
 * The text of turnserver.conf. It holds the secret: write it with mode 0600.
 *
 * @throws {TypeError} for a value that would break the file, such as a secret with a space
 */
export function turnserverConf(options: TurnserverOptions): string {
  const { tls } = options;
  const peers = options.peers.map((ip) => address('A peer', ip));
  const lines = [
    '# Made by infra/turn; docs/turn.md explains it. It holds a secret.',
    'use-auth-secret',
    `static-auth-secret=${checked('The secret', options.secret)}`,
    `realm=${checked('The realm', options.realm)}`,
    'fingerprint',
    `stale-nonce=${STALE_NONCE_S}`,
    '',
    ...options.listen.map(({ ip }) => `listening-ip=${address('A listening address', ip)}`),
    ...options.listen.flatMap(({ ip, announcedIp }) =>
      announcedIp === undefined ? [] : [`external-ip=${address('An announced address', announcedIp)}/${ip}`],
    ),
    `listening-port=${options.port}`,
    ...(tls
      ? [
          `tls-listening-port=${options.tlsPort}`,
          `cert=${checked('The path of the certificate', tls.cert)}`,
          `pkey=${checked('The path of the key', tls.key)}`,
          'no-tlsv1',
          'no-tlsv1_1',
        ]
      : ['no-tls']),
    '# No browser speaks it.',
    'no-dtls',
    '# A relay of the family in which the media server can be reached, however the client came.',
    `allocation-default-address-family=${peers.some(isIPv4) ? 'ipv4' : 'ipv6'}`,
    `min-port=${RELAY_PORTS.first}`,
    `max-port=${RELAY_PORTS.last}`,
    'no-tcp-relay',
    '',
    `user-quota=${USER_QUOTA}`,
    `total-quota=${TOTAL_QUOTA}`,
    '# Bytes per second, of one allocation.',
    `max-bps=${MAX_BPS}`,
    '',
    '# The media server, and nothing else.',
    ...(peers.some(isLoopback) ? ['allow-loopback-peers'] : []),
    ...peers.map((ip) => `allowed-peer-ip=${ip}`),
    'no-multicast-peers',
    ...EVERYTHING.map(([first, last]) => `denied-peer-ip=${first}-${last}`),
    '# Whoever opens the Internet above still does not open what is inside the network.',
    ...PRIVATE_RANGES.flatMap(([first, last, what]) => [`# ${what}`, `denied-peer-ip=${first}-${last}`]),
    '',
    'no-cli',
    'no-software-attribute',
    'no-rfc5780',
    'no-stun-backward-compatibility',
    `userdb=${checked('The folder', options.folder)}/turndb`,
    `pidfile=${options.folder}/turnserver.pid`,
    'log-file=stdout',
    'simple-log',
  ];
  return `${lines.join('\n')}\n`;
}
