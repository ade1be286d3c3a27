/** Figures as the admin page writes them. */
import { formatNumber, formatTime } from '../../i18n/format.ts';

/** @param iso an instant; written in the reader's zone, which is named. */
export const clockTime = (iso: string): string => formatTime(iso, { timeStyle: 'long' });
export const dateTime = (iso: string): string => formatTime(iso, { dateStyle: 'medium', timeStyle: 'long' });

/** Memory in MB of a million bytes. */
export const formatBytes = (bytes: number): string => `${formatNumber(Math.round(bytes / 1_000_000))} MB`;
