/** What the conference core reads of a browser's statistics (W3C webrtc-stats). */
export interface StatsEntry {
  type: string;
  bytesReceived?: number;
  responsesReceived?: number;
  packetsReceived?: number;
  trackIdentifier?: string;
}

/** By the id of each report. */
export type StatsReports = ReadonlyMap<string, StatsEntry>;
