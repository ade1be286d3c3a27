/** The ICE servers of one grant: those that every grant names, and TURN servers with credentials of the participant's own. */
import type { IceServer } from '@vcallpe/shared';
import type { ApiConfig } from '../config.ts';
import { mintCredential } from './credentials.ts';
import type { TurnServer } from './turn-servers.ts';

/** A browser gathers candidates from every address it is given; from about five on Firefox warns that this is slow. */
export const TURN_URLS_MAX = 5;

type TurnConfig = Pick<ApiConfig, 'iceServers' | 'turnServers' | 'turnTtlSeconds'>;

/**
 * A way over TLS of the first two servers is among the addresses before anything else: where nothing but 443 is open, and
 * one server is down, it is the only one.
 *
 * @param region servers of this region come first; otherwise, and among them, the order is that of TURN_SERVERS.
 */
export function iceServersFor(config: TurnConfig, participantId: string, region?: string): IceServer[] {
  const isNear = (server: TurnServer) => region !== undefined && server.region === region;
  const ordered = [
    ...config.turnServers.filter(isNear),
    ...config.turnServers.filter((server) => !isNear(server)),
  ];
  const secure = ordered.slice(0, 2).flatMap(({ urls }) => urls.find((url) => /^turns:/i.test(url)) ?? []);
  const distinct = new Set([...secure, ...ordered.flatMap(({ urls }) => urls)]);
  const chosen = new Set([...distinct].slice(0, TURN_URLS_MAX));
  const minted = ordered.flatMap(({ urls: all, secret }): IceServer[] => {
    const urls = all.filter((url) => chosen.has(url));
    if (urls.length === 0) return [];
    return [{ urls, ...mintCredential(secret, participantId, config.turnTtlSeconds) }];
  });
  return [...config.iceServers, ...minted];
}
