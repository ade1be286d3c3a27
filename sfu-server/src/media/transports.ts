import type { types } from 'mediasoup';
import type { TransportOptions, Transports } from '@vcallpe/shared';
import type { MediaWorker } from './media-worker.ts';

export interface TransportSettings {
  /** bps */
  initialOutgoingBitrate: number;
  /** bps */
  maxIncomingBitrate: number;
}

/**
 * After so long without a consent check from the client, s, its media is no longer sent anywhere. Browsers check every
 * 2.5 to 6 s (RFC 7675 asks for 5 s, spread by a fifth), so this survives one that is lost.
 */
const ICE_CONSENT_TIMEOUT_S = 14;

export type Direction = 'send' | 'recv';

/** A transport on the worker's shared ports. `direction` is the client's: `send` receives here what it sends. */
export async function createTransport(
  router: types.Router,
  { webRtcServer }: MediaWorker,
  direction: Direction,
  settings: TransportSettings,
): Promise<types.WebRtcTransport> {
  const transport = await router.createWebRtcTransport({
    webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
    initialAvailableOutgoingBitrate: settings.initialOutgoingBitrate,
  });
  // Requests to a worker keep their order, so it holds before the client can connect, and nobody need wait for it.
  if (direction === 'send')
    transport.setMaxIncomingBitrate(settings.maxIncomingBitrate).catch(() => undefined);
  return transport;
}

function transportOptions(transport: types.WebRtcTransport): TransportOptions {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return { id, iceParameters, iceCandidates, dtlsParameters };
}

/** What a client needs to open its halves. */
export function transportsView(send: types.WebRtcTransport, recv: types.WebRtcTransport): Transports {
  return { sendTransport: transportOptions(send), recvTransport: transportOptions(recv) };
}
