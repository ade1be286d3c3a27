/**
 * The state of the connection as somebody sends it to whoever helps: two lines to read, and JSON with every figure. No
 * names, no tokens, no addresses but the media server's.
 */
import { PROTOCOL_VERSION } from '@vcallpe/shared';
import type { QualityPoint, QualityState } from '../../../conference/quality/log.ts';
import type { ConferenceState } from '../../../conference/state.ts';
import { formatTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { extentOf } from './curves.ts';
import { pathWords, verdictKey } from './words.ts';

export interface Surroundings {
  at: Date;
  /** Which build of the client this is. */
  build: string;
  userAgent: string;
  language: string;
  cores: number;
  /** Of the screen, device pixels for each px. */
  pixelRatio: number;
}

export function diagnosticsText(
  quality: QualityState,
  state: ConferenceState,
  { at, ...surroundings }: Surroundings,
): string {
  const { now, uplink, downlink, history } = quality;
  const { says, next } = {
    says: t(`quality:verdict.${verdictKey(quality, state)}.says`),
    next: now ? `${t('quality:path.label')}: ${pathWords(now)}` : '',
  };
  const figures = {
    at: at.toISOString(),
    protocolVersion: PROTOCOL_VERSION,
    ...surroundings,
    meeting: {
      status: state.status,
      recovery: state.recovery ?? null,
      role: state.self?.role ?? null,
      self: state.self?.peerId ?? null,
      others: state.others.length,
      minutes: state.joinedAt === undefined ? null : (at.getTime() - state.joinedAt) / 60_000,
    },
    uplink,
    downlink,
    notGood: Object.fromEntries([...quality.others].filter(([, level]) => level !== 'good')),
    now: now ?? null,
    lastTwoMinutes: Object.fromEntries(
      FIELDS.map((field) => [field, extentOf(history.map((point) => point[field] ?? null)) ?? null]),
    ),
  };
  const heading = t('quality:copy.heading', {
    at: formatTime(at, { dateStyle: 'medium', timeStyle: 'long' }),
  });
  return [heading, says, next, JSON.stringify(figures, rounded, 2)].filter(Boolean).join('\n');
}

const FIELDS: Exclude<keyof QualityPoint, 'at'>[] = [
  'rttMs',
  'jitterMs',
  'sentBps',
  'receivedBps',
  'sentLoss',
  'receivedLoss',
];

/** Nobody reads more than four digits after the point. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;
}
