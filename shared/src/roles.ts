import { z } from 'zod';

/** What a track is of. */
export const TrackSource = z.enum(['microphone', 'camera', 'screen']);
export type TrackSource = z.infer<typeof TrackSource>;

export const SOURCE_KIND = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
} as const satisfies Record<TrackSource, 'audio' | 'video'>;

/** What can be shown as a tile. */
export const VideoSource = z.enum(['camera', 'screen']);
export type VideoSource = z.infer<typeof VideoSource>;

export const Role = z.enum(['owner', 'participant', 'guest']);
export type Role = z.infer<typeof Role>;

/** What each role may do in a room. The server checks it where each message is handled. */
const CAPABILITIES: Record<Role, { publish: readonly TrackSource[] }> = {
  owner: { publish: ['microphone', 'camera', 'screen'] },
  participant: { publish: ['microphone', 'camera', 'screen'] },
  guest: { publish: ['microphone', 'camera', 'screen'] },
};

export function mayPublish(role: Role, source: TrackSource): boolean {
  return CAPABILITIES[role].publish.includes(source);
}
