/** What the firewall of a home can do, as nftables rules of its forward chain. `lan` is the inside, `wan` the outside. */

/** A rule in the language of nftables. */
export type Rule = string;

/** The ports of the service: web and signaling are needed to come in at all. */
export const PORTS = { web: 3000, signaling: 3001, media: 40_000, turn: 3478, turnTls: 443 };

/** Nothing at all. */
export const nothing: Rule = 'drop';

/** Nothing over UDP, in either direction. */
export const noUdp: Rule = 'meta l4proto udp drop';

/** What a client sends over UDP is lost; what it is sent arrives. */
export const noUdpOut: Rule = 'iifname "lan" meta l4proto udp drop';

/** What a client is sent over UDP is lost; what it sends arrives. */
export const noUdpIn: Rule = 'iifname "wan" meta l4proto udp drop';

/** Nothing to or from the media ports of the SFU, over UDP or TCP. */
export const noMediaPorts: Rule[] = ['dport', 'sport'].map((end) => `th ${end} ${PORTS.media} drop`);

/** Nothing but TCP to these ports. */
export function onlyTcp(ports: readonly number[]): Rule[] {
  const set = `{ ${ports.join(', ')} }`;
  return [`iifname "lan" tcp dport ${set} accept`, `iifname "wan" tcp sport ${set} accept`, 'drop'];
}

/** Nothing to or from one TCP port: both ends keep waiting, as on a train in a tunnel. */
export function noTcpPort(port: number): Rule[] {
  return [`tcp dport ${port} drop`, `tcp sport ${port} drop`];
}

const FROM = { out: ['iifname "lan"', 'dport'], in: ['iifname "wan"', 'sport'] } as const;
export type Direction = keyof typeof FROM;

export interface Loss {
  udp: boolean;
  /** Ports of servers, over TCP. */
  tcp: readonly number[];
}

/**
 * What goes one way is lost.
 *
 * @param direction as the client sees it
 */
export function oneWay(direction: Direction, { udp, tcp }: Loss): Rule[] {
  const [from, end] = FROM[direction];
  const ports = tcp.map((port) => `${from} tcp ${end} ${port} drop`);
  return udp ? [`${from} meta l4proto udp drop`, ...ports] : ports;
}

/** @param percent of the packets in each direction, at random */
export function loss(percent: number): Rule[] {
  return [`meta l4proto udp numgen random mod 100 < ${percent} drop`];
}
