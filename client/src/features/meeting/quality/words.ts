/** What the panel says: the state of a connection in a sentence, a path by its name, figures with their units. */
import type { QualityNow, QualityState } from '../../../conference/quality/log.ts';
import { worst } from '../../../conference/quality/judge.ts';
import type { Path } from '../../../conference/quality/path.ts';
import type { ReceivedSample, SentSample } from '../../../conference/quality/sample.ts';
import { layerOf } from '../../../conference/quality/reasons.ts';
import type { ConferenceState } from '../../../conference/state.ts';
import { formatBps, formatNumber, formatPercent } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';

const UNKNOWN = '–';

export const formatMs = (ms: number | undefined): string =>
  ms === undefined ? UNKNOWN : t('quality:figure.ms', { value: formatNumber(Math.ceil(ms)) });

export const formatLoss = (share: number | undefined): string =>
  share === undefined ? UNKNOWN : formatPercent(share, 1);

/** The key of the words in `quality:verdict`. */
export function verdictKey(
  { now, uplink, downlink }: QualityState,
  { status, recovery }: Pick<ConferenceState, 'status' | 'recovery'>,
) {
  if (status !== 'joined' || recovery === 'media') return 'away';
  if (!now) return 'measuring';
  const { level, cause } = worst(uplink, downlink);
  if (cause === 'none') return 'good';
  return level === 'bad' && (cause === 'lossUp' || cause === 'lossDown') ? (`${cause}Bad` as const) : cause;
}

/** “UDP”, “TURN over TLS”; both ways, where they differ. */
export function pathWords({ send, recv }: Pick<QualityNow, 'send' | 'recv'>): string {
  const names = [send.path, recv.path].filter((path) => path !== undefined).map(pathName);
  const [first, second] = names;
  if (first === undefined) return t('quality:path.unknown');
  if (second === undefined || second === first) return first;
  return t('quality:path.differing', { send: first, recv: second });
}

function pathName({ carrier, relayed }: Path): string {
  const name = carrier.toUpperCase();
  return relayed ? t('quality:path.relayed', { carrier: name }) : name;
}

export function lacksUdp({ send, recv }: Pick<QualityNow, 'send' | 'recv'>): boolean {
  return [send.path, recv.path].some((path) => path !== undefined && path.carrier !== 'udp');
}

/** Everything that is known of a stream: “1280×720”, “30 fps”, “1.2 Mbit/s”, “VP8”, “layer 3 of 3”, “0.0 % lost”. */
export function streamWords(stream: SentSample | ReceivedSample): string[] {
  const { width, height, fps, bps, codec, loss, layers } = stream;
  const words = [
    width !== undefined && height !== undefined && `${width}×${height}`,
    fps !== undefined && t('quality:streams.fps', { value: formatNumber(Math.round(fps)) }),
    bps !== undefined && formatBps(bps),
    codec && (codec === 'opus' ? 'Opus' : codec),
    layers > 1 && layerWords(stream),
    loss !== undefined && t('quality:streams.lost', { share: formatPercent(loss, 1) }),
    'freezes' in stream && Boolean(stream.freezes) && t('quality:streams.freezes', { count: stream.freezes }),
  ];
  return words.filter((word) => typeof word === 'string');
}

function layerWords(stream: SentSample | ReceivedSample): string | undefined {
  const { layers, height } = stream;
  if ('flowing' in stream)
    return t('quality:streams.layers', { flowing: stream.flowing.length, count: layers });
  if (!height) return undefined;
  return t('quality:streams.layer', { layer: layerOf(height, layers) + 1, count: layers });
}
