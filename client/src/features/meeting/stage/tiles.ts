import type { PeerId, VideoSource } from '@vcallpe/shared';
import type { ConferenceState, Participant } from '../../../conference/state.ts';
import type { LocalMediaState } from '../../../lib/media/local-media.ts';

/** A place on the stage, on this page or another: a person, or the screen that a person shares. */
export interface Slot {
  /** Stays the same while its person is in the meeting. */
  key: string;
  person: Participant;
  source: VideoSource;
  isSelf: boolean;
}

/** What a tile shows. */
export interface TileView {
  key: string;
  peerId: PeerId;
  participantId: string;
  source: VideoSource;
  /** Of the person, also where the tile is their screen. */
  displayName: string;
  isSelf: boolean;
  muted: boolean;
  speaking: boolean;
  /** Place in the order of raised hands, from 1; undefined while it is down. */
  hand?: number;
  /** A picture is being sent, and has not arrived. */
  loading: boolean;
  video?: MediaStreamTrack;
  /** A picture is being sent, and there is no bandwidth for it. */
  limited: boolean;
  /** A picture is being sent, and so little of it arrives that the last one stays. */
  still: boolean;
  /** Their connection is lost, and may come back. */
  away: boolean;
}

/** All places in their order: what is shared, oneself, and the others as `order` says. */
export function slotsOf(
  { self, others }: Pick<ConferenceState, 'self' | 'others'>,
  order: readonly PeerId[],
): Slot[] {
  const byId = new Map(others.map((other) => [other.peerId, other]));
  const inOrder = order.flatMap((peerId) => byId.get(peerId) ?? []);
  const screens = inOrder.filter(({ screen }) => screen);
  const slot = (person: Participant) => ({ key: person.peerId, person, isSelf: false });
  return [
    ...screens.map((person) => ({
      ...slot(person),
      key: `${person.peerId}/screen`,
      source: 'screen' as const,
    })),
    // The server gives a new peer id with each rejoin, and one's own picture should not blink then.
    ...(self ? [{ key: 'self', person: self, source: 'camera' as const, isSelf: true }] : []),
    ...inOrder.map((person) => ({ ...slot(person), source: 'camera' as const })),
  ];
}

/**
 * One's own tile follows the devices, not the server, so that a click shows at once.
 *
 * @param hands who has raised one, in order
 */
export function tileOf(
  { key, person, source, isSelf }: Slot,
  {
    speakers,
    limited,
    still,
    hands,
  }: Pick<ConferenceState, 'speakers' | 'limited' | 'still'> & { hands: readonly PeerId[] },
  { microphone, camera }: LocalMediaState,
): TileView {
  const sound = isSelf ? { paused: !microphone.on || !microphone.track } : person.microphone;
  const picture = isSelf ? { paused: false, track: camera.track } : person[source];
  const sent = picture !== undefined && !picture.paused;
  const producerId = isSelf ? undefined : person[source]?.producerId;
  const held = sent && producerId !== undefined && limited.has(producerId);
  const place = source === 'camera' ? hands.indexOf(person.peerId) : -1;
  const muted = source === 'camera' && (sound?.paused ?? true);
  return {
    key,
    peerId: person.peerId,
    participantId: person.participantId,
    source,
    displayName: person.displayName,
    isSelf,
    muted,
    speaking: source === 'camera' && !muted && speakers.includes(person.peerId),
    hand: place < 0 ? undefined : place + 1,
    loading: !isSelf && sent && !held && !picture.track,
    video: sent && !held ? picture.track : undefined,
    limited: held,
    still: sent && !held && producerId !== undefined && still.has(producerId),
    away: !isSelf && person.away === true,
  };
}
