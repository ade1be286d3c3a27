/** When words with the server are to be had, and when they are not: what is told meanwhile is missed. */
import type { ConferenceState } from './state.ts';

interface Watched {
  getState(): ConferenceState;
  subscribe(listener: () => void): () => void;
}

interface Listener {
  /** In the room, for the first time or again: what was told in between has to be asked for. */
  onHere: () => void;
  /** From now on news may be missed. */
  onAway: () => void;
  /** For good. */
  onEnded: () => void;
}

/** @returns a way to stop */
export function watchPresence(conference: Watched, { onHere, onAway, onEnded }: Listener): () => void {
  /** The peer as which this client is here; undefined while it is away. */
  let here: string | undefined;
  const look = () => {
    const { status, recovery, self } = conference.getState();
    const now = status === 'joined' && recovery !== 'signaling' ? self?.peerId : undefined;
    if (now !== here) {
      if (here !== undefined) onAway();
      here = now;
      if (now !== undefined) onHere();
    }
    if (status === 'ended') {
      stop();
      onEnded();
    }
  };
  const stop = conference.subscribe(look);
  look();
  return stop;
}
