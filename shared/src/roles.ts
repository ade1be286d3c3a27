import { z } from 'zod';

/** What a track is of. */
export const TrackSource = z.enum(['microphone', 'camera']);
export type TrackSource = z.infer<typeof TrackSource>;

export const SOURCE_KIND = { microphone: 'audio', camera: 'video' } as const satisfies Record<
  TrackSource,
  'audio' | 'video'
>;

export const Role = z.enum(['owner', 'participant', 'guest']);
export type Role = z.infer<typeof Role>;

/** What each role may do in a room. The server checks it where each message is handled. */
const CAPABILITIES: Record<Role, { publish: readonly TrackSource[] }> = {
  owner: { publish: ['microphone', 'camera'] },
  participant: { publish: ['microphone', 'camera'] },
  guest: { publish: ['microphone', 'camera'] },
};

export function mayPublish(role: Role, source: TrackSource): boolean {
  return CAPABILITIES[role].publish.includes(source);
}
