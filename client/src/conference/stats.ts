/** What the conference core reads of a browser's statistics (W3C webrtc-stats): the fields of all the entries that are looked at. */
export interface StatsEntry {
  id?: string;
  type: string;
  /** ms. */
  timestamp?: number;
  kind?: string;

  // Transports and paths.
  selectedCandidatePairId?: string;
  state?: string;
  nominated?: boolean;
  localCandidateId?: string;
  remoteCandidateId?: string;
  /** Seconds. */
  currentRoundTripTime?: number;
  /** bps. */
  availableOutgoingBitrate?: number;
  responsesReceived?: number;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  address?: string;
  port?: number;

  // What is sent and received; counters grow from the beginning.
  mid?: string;
  rid?: string;
  remoteId?: string;
  codecId?: string;
  mimeType?: string;
  trackIdentifier?: string;
  bytesSent?: number;
  bytesReceived?: number;
  packetsSent?: number;
  packetsReceived?: number;
  packetsLost?: number;
  /** Share of packets, since the receiver's last report but one. */
  fractionLost?: number;
  /** Seconds. */
  jitter?: number;
  frameWidth?: number;
  frameHeight?: number;
  framesPerSecond?: number;
  framesDecoded?: number;
  /** Seconds. */
  totalFreezesDuration?: number;
  freezeCount?: number;
  qualityLimitationReason?: string;
}

/** By the id of each report. */
export type StatsReports = ReadonlyMap<string, StatsEntry>;
