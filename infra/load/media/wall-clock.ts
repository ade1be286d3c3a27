/** The wall clock in fractions of a ms, and as NTP. Processes of one machine agree on it, so latencies between them can be told. */

/** Seconds from 1900, where NTP begins, to 1970. */
const NTP_EPOCH_S = 2_208_988_800;

/** ms since 1970. @param atMs a `performance.now()` */
export const wallClock = (atMs: number): number => performance.timeOrigin + atMs;

/** Writes ms since 1970 as a 64-bit NTP timestamp. */
export function writeNtp(buffer: Buffer, offset: number, ms: number): void {
  const seconds = Math.floor(ms / 1000);
  buffer.writeUInt32BE((seconds + NTP_EPOCH_S) >>> 0, offset);
  buffer.writeUInt32BE(Math.floor((ms / 1000 - seconds) * 2 ** 32) >>> 0, offset + 4);
}

/** ms since 1970. */
export function readNtp(buffer: Buffer, offset: number): number {
  const seconds = buffer.readUInt32BE(offset) - NTP_EPOCH_S;
  return (seconds + buffer.readUInt32BE(offset + 4) / 2 ** 32) * 1000;
}
