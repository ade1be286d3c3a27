/** Numbers and times as the page's language writes them, in the reader's zone. */
import i18next from 'i18next';

/** The reader's own kind of the page's language, such as `en-GB`, where the browser names one. */
export function locale(): string {
  const { language } = i18next;
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return value.toLocaleString(locale(), options);
}

/** @param share 1 is all of it; more than that can be. @param digits after the point */
export function formatPercent(share: number, digits = 0): string {
  const options = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return formatNumber(share, options);
}

/** Bits per second in a unit that leaves one to three digits before the point. */
export function formatBps(bps: number): string {
  if (bps < 999.5) return `${Math.round(bps)} bit/s`;
  const kbps = bps / 1000;
  if (kbps < 999.5) return `${Math.round(kbps)} kbit/s`;
  const mbps = kbps / 1000;
  const digits = mbps < 9.95 ? 1 : 0;
  return `${formatNumber(mbps, { minimumFractionDigits: digits, maximumFractionDigits: digits })} Mbit/s`;
}

/** @param at an instant: Unix time in ms, or as ISO 8601. @param options which parts of it; `timeStyle: 'long'` names the zone */
export function formatTime(at: number | string | Date, options: Intl.DateTimeFormatOptions): string {
  return new Date(at).toLocaleString(locale(), options);
}

/** “Mia, Tom and Ana”. In English without a comma before the last one. */
export function formatList(items: readonly string[]): string {
  const tag = i18next.language === 'en' ? 'en-GB' : locale();
  return new Intl.ListFormat(tag, { type: 'conjunction' }).format(items);
}
