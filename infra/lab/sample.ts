/** What a participant's browser received in a tenth of a second, and how. */

/** Counts since the sample before. */
export interface Received {
  audioPackets: number;
  /** Packets of sound that never came. */
  audioLost: number;
  videoFrames: number;
  /** Energy of the sound, as webrtc-stats defines totalAudioEnergy; speech and tones are far above 0.0001 a second. */
  audioEnergy: number;
  /** Of the video that is being decoded, px; 0 when none was. */
  width: number;
}

export interface Sample {
  /** Unix time in ms. */
  at: number;
  /** When the page was loaded, Unix time in ms: a reload changes it. */
  loadedAt: number;
  /** By the name on the tile. */
  from: Record<string, Received>;
  /** How its connected transports reach the SFU, each once, such as `udp` or `relay/tls`. */
  paths: string[];
  /** The peer of each tile of somebody else, by the name on it. */
  tiles: Record<string, string[]>;
  /** The names on tiles that are marked: their connection is not good. */
  marked: string[];
  /** The names on tiles whose people are reconnecting. */
  away: string[];
  /** What a tile reads whose picture is held back or stands still for want of bandwidth, by the name on it. */
  held: Record<string, string>;
  /** The ICE user fragments of its transports: a restart changes one, and so does a new transport. */
  ice: string[];
  /** What the page says about the state of the call; empty when all is well. */
  says: string;
}

export const NOTHING: Received = { audioPackets: 0, audioLost: 0, videoFrames: 0, audioEnergy: 0, width: 0 };
