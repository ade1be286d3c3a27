/** What was done in a meeting is said to whom it concerns, also when their socket was just lost. */
import type { Act, EventPayload } from '@vcallpe/shared';
import type { Peer } from './peer.ts';

/** Acts that somebody may have missed, so many at most and no older than this, ms: a socket is long dead when that is noticed. */
const LATELY_MAX = 20;
const LATELY_MS = 40_000;

export function tell(peer: Peer, by: Peer, act: Act): EventPayload<'moderated'> {
  const told = { by: by.identity.displayName, act };
  peer.channel.send('moderated', told);
  peer.lately.push({ at: performance.now(), told });
  if (peer.lately.length > LATELY_MAX) peer.lately.shift();
  return told;
}

/** To somebody whose socket was lost, and who is back: each of these can be told twice without harm. */
export function tellAgain(peer: Peer): void {
  for (const { at, told } of peer.lately.splice(0)) {
    if (performance.now() - at < LATELY_MS) peer.channel.send('moderated', told);
  }
}
