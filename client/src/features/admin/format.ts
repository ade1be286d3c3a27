/** Figures as the admin page writes them. */
import { formatNumber, formatTime } from '../../i18n/format.ts';

/** @param iso an instant; written in the reader's zone, which is named. */
export const clockTime = (iso: string): string => formatTime(iso, { timeStyle: 'long' });
export const dateTime = (iso: string): string => formatTime(iso, { dateStyle: 'medium', timeStyle: 'long' });

/** Bits per second in a unit that leaves one to three digits before the point. */
export function formatBps(bps: number): string {
  if (bps < 999.5) return `${Math.round(bps)} bit/s`;
  const kbps = bps / 1000;
  if (kbps < 999.5) return `${Math.round(kbps)} kbit/s`;
  const mbps = kbps / 1000;
  const digits = mbps < 9.95 ? 1 : 0;
  return `${formatNumber(mbps, { minimumFractionDigits: digits, maximumFractionDigits: digits })} Mbit/s`;
}

/** Memory in MB of a million bytes. */
export const formatBytes = (bytes: number): string => `${formatNumber(Math.round(bytes / 1_000_000))} MB`;
