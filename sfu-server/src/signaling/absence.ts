/** A peer whose socket is lost keeps its place for a while: longer as long as its media flows. */
import { LIMITS } from '@vcallpe/shared';
import type { Peer } from '../room/peer.ts';

const CHECK_MS = 1_000;
/** Most sockets are back sooner, and the others need not hear of it, ms. */
const TELL_AFTER_MS = 2_000;
/**
 * A client from which nothing comes for so long, no media, no RTCP and no consent check, has gone, ms. Browsers check
 * consent every 2.5 to 6 s on each of two transports (RFC 7675), and one that receives media reports much more often.
 */
const SILENT_MS = 6_000;

interface Absence {
  /** Called once, when it lasts. */
  onLong: () => void;
  /** Called once, when the peer is not coming back. */
  onGone: () => void;
}

/** Begins to wait. @returns a way to stop waiting */
export function awaitReturn(
  peer: Pick<Peer, 'bytesReceived' | 'doubted'>,
  { onLong, onGone }: Absence,
): () => void {
  const lostAt = performance.now();
  let heardAt = lostAt;
  let bytes: number | undefined;
  let stopped = false;
  const check = async () => {
    const received = await peer.bytesReceived();
    // The client may have come back while the worker answered.
    if (stopped) return;
    const now = performance.now();
    if (bytes === undefined && received === peer.doubted?.bytes) heardAt = peer.doubted.at;
    if (bytes !== undefined && received !== bytes) heardAt = now;
    bytes = received;
    if (now - heardAt < SILENT_MS && now - lostAt < LIMITS.resumeWithinMs) return;
    stop();
    onGone();
  };
  const telling = setTimeout(onLong, TELL_AFTER_MS);
  const timer = setInterval(() => void check(), CHECK_MS);
  const stop = () => {
    stopped = true;
    clearTimeout(telling);
    clearInterval(timer);
  };
  return stop;
}
