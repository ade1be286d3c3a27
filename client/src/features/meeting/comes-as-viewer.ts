import type { Room } from '@vcallpe/shared';

/** Whether somebody new to this meeting receives only, and so is asked for no device. */
export function comesAsViewer({ settings, isOwner }: Pick<Room, 'settings' | 'isOwner'>): boolean {
  return settings.joinAsViewer && !isOwner;
}
