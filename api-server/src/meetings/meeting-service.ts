/** Meetings that took place in a room, for its owner. The SFU writes them; here they are only read. */
import {
  AppError,
  LIMITS,
  type MeetingList,
  type MeetingListQuery,
  type MeetingRecord,
  type MeetingSummary,
} from '@vcallpe/shared';
import type { Database, MeetingDoc } from '@vcallpe/shared/db';
import type { RoomService } from '../rooms/room-service.ts';

const PAGE = 20;

type Listed = Pick<MeetingDoc, '_id' | 'startedAt' | 'endedAt' | 'aliveAt'> & {
  attendances: { participantId: string; leftAt?: Date }[];
};

export class MeetingService {
  readonly #rooms: RoomService;
  readonly #meetings: Database['meetings'];

  constructor(rooms: RoomService, { meetings }: Pick<Database, 'meetings'>) {
    this.#rooms = rooms;
    this.#meetings = meetings;
  }

  /** Newest first. @throws ROOM_NOT_FOUND, FORBIDDEN */
  async list(ownerId: string, code: string, { before }: MeetingListQuery): Promise<MeetingList> {
    const { _id: roomId } = await this.#rooms.findOwned(ownerId, code);
    const docs: Listed[] = await this.#meetings
      .find({ roomId, ...(before !== undefined && { startedAt: { $lt: new Date(before) } }) })
      .select('startedAt endedAt aliveAt attendances.participantId attendances.leftAt')
      .sort({ startedAt: -1 })
      .limit(PAGE + 1)
      .lean();
    return { meetings: docs.slice(0, PAGE).map(toSummary), more: docs.length > PAGE };
  }

  /** @throws ROOM_NOT_FOUND, FORBIDDEN, NOT_FOUND */
  async get(ownerId: string, code: string, meetingId: string): Promise<MeetingRecord> {
    const { _id: roomId } = await this.#rooms.findOwned(ownerId, code);
    const doc = await this.#meetings.findOne({ _id: meetingId, roomId }).lean();
    if (!doc) throw new AppError('NOT_FOUND', 'There was no such meeting in this room');
    return toRecord(doc);
  }
}

/**
 * Of one that nobody ended, its last sign of life: when the last one left, as long as nobody is back, or when its server was
 * last heard of that did not live to tell.
 */
function endOf({ endedAt, aliveAt, attendances }: Listed): number | undefined {
  const somebodyIn = attendances.some(({ leftAt }) => !leftAt);
  const goesOn = somebodyIn && Date.now() - aliveAt.getTime() < LIMITS.meetingResumesWithinMs;
  return endedAt?.getTime() ?? (goesOn ? undefined : aliveAt.getTime());
}

function toSummary(doc: Listed): MeetingSummary {
  return {
    meetingId: doc._id.toHexString(),
    startedAt: doc.startedAt.getTime(),
    endedAt: endOf(doc),
    people: new Set(doc.attendances.map(({ participantId }) => participantId)).size,
  };
}

function toRecord(doc: MeetingDoc): MeetingRecord {
  const summary = toSummary(doc);
  return {
    ...summary,
    attendances: doc.attendances.map(({ joinedAt, leftAt, ...who }) => ({
      ...who,
      joinedAt: joinedAt.getTime(),
      leftAt: leftAt?.getTime() ?? summary.endedAt,
    })),
    acts: doc.acts.map(({ at, ...act }) => ({ ...act, at: at.getTime() })),
  };
}
