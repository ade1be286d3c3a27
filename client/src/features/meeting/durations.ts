import { t } from '../../i18n/i18n.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** A running clock: `4:07`, and from an hour on `1:04:07`. */
export function clock(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / SECOND_MS));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':');
}

/** How long something lasted, in words: `42 min`. */
export function inWords(durationMs: number): string {
  const minutes = Math.round(durationMs / MINUTE_MS);
  if (minutes < 1) return t('meeting:lasted.short');
  if (minutes < 60) return t('meeting:lasted.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0
    ? t('meeting:lasted.hours', { count: hours })
    : t('meeting:lasted.hoursAndMinutes', { hours, minutes: rest });
}
