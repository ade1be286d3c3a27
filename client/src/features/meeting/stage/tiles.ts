import type { ConferenceState, Participant } from '../../../conference/state.ts';
import type { LocalMediaState } from '../../../lib/media/local-media.ts';

/** What a tile shows of one person. */
export interface TileView {
  /** Stays the same while a person is in the grid. */
  key: string;
  peerId: string;
  participantId: string;
  displayName: string;
  isSelf: boolean;
  muted: boolean;
  speaking: boolean;
  video?: MediaStreamTrack;
}

/**
 * Everyone's tile: oneself first, the others in the order of joining, so that nobody's place moves when
 * somebody joins. One's own tile follows the devices, not the server, so that a click shows at once.
 */
export function tilesOf(
  { self, others, speakers }: Pick<ConferenceState, 'self' | 'others' | 'speakers'>,
  local: LocalMediaState,
): TileView[] {
  const view = (
    person: Participant,
    isSelf: boolean,
    muted: boolean,
    video: MediaStreamTrack | undefined,
  ) => ({
    // The server gives a new peer id with each rejoin, and one's own picture should not blink then.
    key: isSelf ? 'self' : person.peerId,
    peerId: person.peerId,
    participantId: person.participantId,
    displayName: person.displayName,
    isSelf,
    muted,
    speaking: !muted && speakers.includes(person.peerId),
    video,
  });
  const ofOthers = others.map((other) => {
    const { microphone, camera } = other;
    const muted = microphone === undefined || microphone.paused;
    return view(other, false, muted, camera?.paused === false ? camera.track : undefined);
  });
  if (!self) return ofOthers;
  const { microphone, camera } = local;
  return [view(self, true, !microphone.on || !microphone.track, camera.track), ...ofOthers];
}
