// Which addresses the product is reached under: by the browser, by media, and on the local network.
import { networkInterfaces } from 'node:os';
import type { Settings } from './settings.ts';

const WILDCARDS = ['0.0.0.0', '::'];
const LOOPBACKS = ['127.0.0.1', '::1', 'localhost'];

/** The first IPv4 address of this machine that is not a loopback one. */
export function firstLanAddress(interfaces = networkInterfaces()): string | undefined {
  return Object.values(interfaces)
    .flat()
    .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;
}

/** The address under which other devices on the network reach us; undefined where we listen on this machine only. */
export function lanAddress(settings: Settings): string | undefined {
  if (LOOPBACKS.includes(settings.host)) return undefined;
  if (!WILDCARDS.includes(settings.host)) return settings.host;
  return settings.lanAddress ?? firstLanAddress();
}

/** An address of this machine on which the servers answer, for looking whether they are ready. */
export function localAddress({ host }: Settings): string {
  if (host === '::') return '[::1]';
  if (host === '0.0.0.0') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The origins from which a browser opens the client, the one to show first. */
export function clientOrigins(settings: Settings): string[] {
  const scheme = settings.https ? 'https' : 'http';
  const lan = lanAddress(settings);
  const local = ['localhost', '127.0.0.1', ...(lan === undefined ? [] : [lan])];
  // The URL leaves out a port that the scheme implies, exactly as a browser does in the Origin header.
  const origins = local.map(
    (host) => new URL(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${settings.port}`).origin,
  );
  return [...new Set([...origins, ...settings.allowedOrigins])];
}

/**
 * Where the workers listen for media, as `address[=announced address]`: MEDIA_LISTEN, if it is given; behind a NAT or in
 * a container, MEDIA_ANNOUNCED_ADDRESS is what browsers are told. Otherwise loopback and the machine's own address, the
 * latter also when only this machine is served, because Firefox sends no media to a loopback address.
 */
export function mediaListen(settings: Settings): string[] {
  if (settings.mediaListen.length > 0) return settings.mediaListen;
  if (settings.mediaAnnouncedAddress !== undefined) return [`0.0.0.0=${settings.mediaAnnouncedAddress}`];
  const own = lanAddress(settings) ?? settings.lanAddress ?? firstLanAddress();
  return own === undefined ? ['127.0.0.1'] : ['127.0.0.1', own];
}
