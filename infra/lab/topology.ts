/**
 * Who is connected to whom:
 *
 *     client ── NAT ──┐                  ┌── sfu    the whole service
 *                     ├── internet ──────┤
 *     client ── NAT ──┘   (a router)     └── turn   coturn
 */
import { Home } from './home.ts';
import { Namespace, removeLeftovers, removeOwnNamespaces } from './namespace.ts';

/** A machine with a public address. */
export interface Host {
  namespace: Namespace;
  address: string;
}

export interface Topology {
  sfu: Host;
  turn: Host;
  homes: Record<HomeName, Home>;
  remove(): void;
}

const HOMES = ['mia', 'ben', 'others'] as const;
export type HomeName = (typeof HOMES)[number];

export function buildTopology(): Topology {
  removeLeftovers();
  const internet = new Namespace('internet');
  internet.forwardPackets();
  const host = (role: string, number: number): Host => {
    const namespace = new Namespace(role);
    const address = `10.99.${number}.2`;
    const gateway = `10.99.${number}.1`;
    internet.connect(`to-${role}`, namespace, 'eth0');
    internet.ip('addr', 'add', `${gateway}/24`, 'dev', `to-${role}`);
    namespace.ip('addr', 'add', `${address}/24`, 'dev', 'eth0');
    namespace.ip('route', 'add', 'default', 'via', gateway);
    return { namespace, address };
  };
  const [sfu, turn] = [host('sfu', 1), host('turn', 2)];
  const homes = HOMES.map((name, i) => [name, new Home({ name, number: i + 1 }, internet)]);
  return {
    sfu,
    turn,
    homes: Object.fromEntries(homes) as Record<HomeName, Home>,
    remove: removeOwnNamespaces,
  };
}
