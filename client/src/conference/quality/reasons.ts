/** Why a picture is smaller than it could be, or is not there. Pure. */
import type { ProducerId, Tile } from '@vcallpe/shared';
import type { ReceivedSample, SentSample } from './sample.ts';

/** Of what is sent: why others get less of it. */
export type SentReason = 'muted' | 'nobodyLooks' | 'smallEverywhere' | 'bandwidth' | 'cpu';

/** Of what is received. `notMore`: it is smaller than its tile, and either end may be the reason. */
export type ReceivedReason = 'noRoom' | 'hidden' | 'smallTile' | 'lowered' | 'notMore';

export function reasonSent(sample: SentSample): SentReason | undefined {
  const { source, paused, limitation, layers, layerWanted, flowing } = sample;
  if (paused) return 'muted';
  if (source !== 'camera' && source !== 'screen') return undefined;
  if (layerWanted < 0) return 'nobodyLooks';
  const complete = layers > 1 && flowing.length > layerWanted;
  if (!complete && (limitation === 'bandwidth' || limitation === 'cpu')) return limitation;
  return layerWanted < layers - 1 ? 'smallEverywhere' : undefined;
}

export interface Reception {
  /** Videos that there is no bandwidth for now. */
  limited: ReadonlySet<ProducerId>;
  /** What is on the screen. */
  shown: readonly Tile[];
  /** Whether what arrives arrives well. */
  well: boolean;
}

/** Of a tile's height so much may be missing before the server forwards the next layer. */
const TOLERANCE = 0.75;
/** Of a camera at full size, as the server takes it, px. */
const CAMERA_HEIGHT = 720;

export function reasonReceived(
  sample: ReceivedSample,
  { limited, shown, well }: Reception,
): ReceivedReason | undefined {
  const { peerId, producerId, source, layers, bps, height } = sample;
  if (source !== 'camera' && source !== 'screen') return undefined;
  if (limited.has(producerId)) return 'noRoom';
  const tile = shown.find((each) => each.peerId === peerId && each.source === source);
  if (!tile) return bps ? undefined : 'hidden';
  if (!height || layers < 2) return undefined;
  const needed = Math.max(tile.height, (tile.width * 9) / 16) * TOLERANCE;
  const top = layerOf(height, layers) === layers - 1;
  if (height >= needed) return top ? undefined : 'smallTile';
  if (top) return undefined;
  return well ? 'notMore' : 'lowered';
}

/**
 * Which simulcast layer a picture of this height is, from 0: each has twice the height of the one below, and the top one
 * is taken to be 720p.
 */
export function layerOf(height: number, layers: number): number {
  const fromTop = Math.round(Math.log2(CAMERA_HEIGHT / height));
  return Math.min(layers - 1, Math.max(0, layers - 1 - fromTop));
}
