/** ICE servers as a grant names them, one by one. */
import type { IceServer } from '@vcallpe/shared';
import type { Carrier } from './link.ts';

export interface TurnServer {
  url: string;
  carrier: Carrier;
  host: string;
  port: number;
  username: string;
  credential: string;
}

export interface StunServer {
  url: string;
  host: string;
  port: number;
}

/** RFC 7064 and 7065: scheme, host (IPv6 in brackets), port, transport. */
const URL_PATTERN =
  /^(stuns?|turns?):(?:\[([0-9a-f:.]+)\]|([^:?[\]]+))(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i;
const PORT = 3478;
const TLS_PORT = 5349;

export interface IceServers {
  turn: TurnServer[];
  stun: StunServer[];
  /** What is no address of an ICE server. */
  unreadable: string[];
}

export function readIceServers(servers: readonly IceServer[]): IceServers {
  const read: IceServers = { turn: [], stun: [], unreadable: [] };
  for (const { urls, username = '', credential = '' } of servers) {
    for (const url of [urls].flat()) {
      const [, scheme = '', v6, name, port, transport] = URL_PATTERN.exec(url) ?? [];
      const host = v6 ?? name;
      if (host === undefined) {
        read.unreadable.push(url);
        continue;
      }
      const tls = scheme.toLowerCase().endsWith('s');
      const at = { url, host, port: port === undefined ? (tls ? TLS_PORT : PORT) : Number(port) };
      if (scheme.toLowerCase().startsWith('turn')) {
        const carrier = tls ? 'tls' : transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp';
        read.turn.push({ ...at, carrier, username, credential });
      } else {
        read.stun.push(at);
      }
    }
  }
  return read;
}
