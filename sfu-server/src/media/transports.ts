import type { types } from 'mediasoup';
import type { TransportOptions } from '@vcallpe/shared';
import type { MediaWorker } from './media-worker.ts';

export interface TransportSettings {
  /** bps */
  initialOutgoingBitrate: number;
  /** bps */
  maxIncomingBitrate: number;
}

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
    initialAvailableOutgoingBitrate: settings.initialOutgoingBitrate,
  });
  if (direction === 'send') await transport.setMaxIncomingBitrate(settings.maxIncomingBitrate);
  return transport;
}

export function transportOptions(transport: types.WebRtcTransport): TransportOptions {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return { id, iceParameters, iceCandidates, dtlsParameters };
}
