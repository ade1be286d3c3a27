/** Looks into the peer connections of a page, whoever made them, without a word of the page's own code. */
import type { Page } from 'playwright-core';

/** A received track, since its receiver began. */
export interface InboundTrack {
  /** Id of the MediaStreamTrack. */
  trackId: string;
  kind: 'audio' | 'video';
  framesDecoded: number;
  framesDropped: number;
  freezes: number;
  /** Sum of the squared level over time; it rises as long as something is heard. */
  audioEnergy: number;
}

export interface Connections {
  /** Characters of all remote descriptions. */
  remoteSdpLength: number;
  transceivers: number;
  inbound: InboundTrack[];
}

interface Watched {
  peerConnections?: RTCPeerConnection[];
}

/** Before the page is opened: keeps hold of every peer connection that it will make. */
export async function watchConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const made: RTCPeerConnection[] = [];
    (globalThis as Watched).peerConnections = made;
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });
}

/** Those that are open now, together. */
export function readConnections(page: Page): Promise<Connections> {
  return page.evaluate(async () => {
    const all = (globalThis as Watched).peerConnections;
    if (!all) throw new Error('The connections of this page are not watched');
    const open = all.filter(({ connectionState }) => connectionState !== 'closed');
    // Those that are closed need not be kept alive by us.
    all.splice(0, all.length, ...open);
    const inbound: InboundTrack[] = [];
    for (const connection of open) {
      for (const stats of (await connection.getStats()).values()) {
        if (stats.type !== 'inbound-rtp') continue;
        inbound.push({
          trackId: stats.trackIdentifier,
          kind: stats.kind,
          framesDecoded: stats.framesDecoded ?? 0,
          framesDropped: stats.framesDropped ?? 0,
          freezes: stats.freezeCount ?? 0,
          audioEnergy: stats.totalAudioEnergy ?? 0,
        });
      }
    }
    return {
      remoteSdpLength: open.reduce(
        (sum, { remoteDescription }) => sum + (remoteDescription?.sdp.length ?? 0),
        0,
      ),
      transceivers: open.reduce((sum, connection) => sum + connection.getTransceivers().length, 0),
      inbound,
    };
  });
}
