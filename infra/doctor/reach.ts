/** From where an address can be reached: this machine, the local network, or everywhere. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** In order: an address that has a greater reach can be used by more people. */
export const REACHES = ['machine', 'network', 'everywhere'] as const;
export type Reach = (typeof REACHES)[number];

const MACHINE = new BlockList();
MACHINE.addSubnet('127.0.0.0', 8, 'ipv4');
MACHINE.addAddress('0.0.0.0', 'ipv4');
MACHINE.addAddress('::1', 'ipv6');
MACHINE.addAddress('::', 'ipv6');

/** RFC 1918, link-local, carrier-grade NAT, and unique local. */
const NETWORK = new BlockList();
NETWORK.addSubnet('10.0.0.0', 8, 'ipv4');
NETWORK.addSubnet('172.16.0.0', 12, 'ipv4');
NETWORK.addSubnet('192.168.0.0', 16, 'ipv4');
NETWORK.addSubnet('169.254.0.0', 16, 'ipv4');
NETWORK.addSubnet('100.64.0.0', 10, 'ipv4');
NETWORK.addSubnet('fc00::', 7, 'ipv6');
NETWORK.addSubnet('fe80::', 10, 'ipv6');

export function reachOf(address: string): Reach {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (MACHINE.check(address, family)) return 'machine';
  return NETWORK.check(address, family) ? 'network' : 'everywhere';
}

/** Whether everybody who has reach `from` also has `to`. */
export const reachesAsFar = (to: Reach, from: Reach): boolean => REACHES.indexOf(to) >= REACHES.indexOf(from);

export const WHO: Record<Reach, string> = {
  machine: 'only this machine itself',
  network: 'only its own network',
  everywhere: 'everybody',
};

/** A host name or address (IPv6 in brackets or not) and what it stands for; no addresses when there is no such name. */
export interface Host {
  name: string;
  addresses: string[];
}

export async function resolveHost(host: string): Promise<Host> {
  const name = host.replace(/^\[|\]$/g, '');
  if (isIP(name)) return { name, addresses: [name] };
  const found = await lookup(name, { all: true }).catch(() => []);
  return { name, addresses: [...new Set(found.map(({ address }) => address))] };
}

/** The farthest of some hosts; undefined when none is known. */
export function farthest(hosts: readonly Host[]): Reach | undefined {
  const reaches = hosts.flatMap(({ addresses }) => addresses.map(reachOf));
  return REACHES.findLast((reach) => reaches.includes(reach));
}
