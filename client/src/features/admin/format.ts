/** Figures as the admin page writes them. */

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'long' });
const DATE_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** @param iso an instant; written in the reader's zone, which is named. */
export const formatTime = (iso: string): string => TIME.format(new Date(iso));
export const formatDateTime = (iso: string): string => DATE_TIME.format(new Date(iso));

/** @param share 1 is all of it; more than that can be. */
export const formatShare = (share: number): string => `${Math.round(share * 100)} %`;

/** Bits per second in a unit that leaves one to three digits before the point. */
export function formatBps(bps: number): string {
  if (bps < 999.5) return `${Math.round(bps)} bit/s`;
  const kbps = bps / 1000;
  if (kbps < 999.5) return `${Math.round(kbps)} kbit/s`;
  const mbps = kbps / 1000;
  return `${mbps.toFixed(mbps < 9.95 ? 1 : 0)} Mbit/s`;
}

/** Memory in MB of a million bytes. */
export const formatBytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;
