/**
 * Who was in a meeting, by the record that the SFU keeps of it. A token of the meeting does not say so: also those have one who
 * wait at its door, or were sent away from there.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { LIMITS, type Role } from '@vcallpe/shared';
import type { Database } from '@vcallpe/shared/db';
import type { Types } from 'mongoose';

/** The SFU writes what changed once a second (`meeting-record.ts`): who has just come in is in the record by then, ms. */
const RECORDED_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 250;

export interface Stay {
  meetingId: Types.ObjectId;
  /** The role that they have now, or had last. */
  role: Role;
}

type Models = Pick<Database, 'meetings'>;

/** In the meeting that goes on in this room. @returns undefined for who did not enter it, or was removed */
export function stayNow(
  { meetings }: Models,
  roomId: string,
  participantId: string,
): Promise<Stay | undefined> {
  return patiently(async () => {
    const meeting = await meetings
      .findOne(
        {
          roomId,
          endedAt: { $exists: false },
          // Not one whose server died, and that nobody has come back to.
          aliveAt: { $gt: new Date(Date.now() - LIMITS.meetingResumesWithinMs) },
        },
        { removed: 1, attendances: 1 },
      )
      .sort({ startedAt: -1 })
      .lean();
    if (meeting?.removed.includes(participantId)) return undefined;
    const last = meeting?.attendances.findLast((stay) => stay.participantId === participantId);
    return meeting && last ? { meetingId: meeting._id, role: last.role } : 'later';
  });
}

/** Whether somebody has entered this meeting, which may be over, and was not removed from it. */
export async function wasIn(
  { meetings }: Models,
  meetingId: Types.ObjectId,
  participantId: string,
): Promise<boolean> {
  const found = await patiently(async () => {
    const entered = {
      _id: meetingId,
      removed: { $ne: participantId },
      'attendances.participantId': participantId,
    };
    if (await meetings.exists(entered)) return true;
    const meeting = await meetings.findOne({ _id: meetingId }, { endedAt: 1, removed: 1 }).lean();
    // The record of one that is over is complete.
    const final = !meeting || meeting.endedAt || meeting.removed.includes(participantId);
    return final ? undefined : 'later';
  });
  return found === true;
}

/** Looks until there is an answer, or an entry would be in the record. */
async function patiently<T>(look: () => Promise<T | 'later' | undefined>): Promise<T | undefined> {
  const until = performance.now() + RECORDED_WITHIN_MS;
  for (;;) {
    const found = await look();
    if (found !== 'later') return found;
    if (performance.now() > until) return undefined;
    await delay(LOOK_EVERY_MS);
  }
}
