/**
 * One meeting of a room, from the first join to the end: who was there in which role, what those who run it did, and what
 * holds until it ends. It outlives a restart of this server, and a moment in which nobody is there.
 */
import { LIMITS, type ParticipantId, type RecordedAct, type Role } from '@vcallpe/shared';
import type { AttendanceDoc, MeetingDoc, PersonDoc } from '@vcallpe/shared/db';
import type { MeetingRecord } from './meeting-record.ts';
import type { Peer } from './peer.ts';

/** Who did something: of a peer, its identity. */
type Somebody = Pick<PersonDoc, 'participantId' | 'displayName'>;

export class Meeting {
  readonly #doc: MeetingDoc;
  readonly #record: MeetingRecord;
  /** Everyone who was in it, with the role that they have now or had last. */
  readonly #roles = new Map<ParticipantId, Role>();
  readonly #removed: Set<ParticipantId>;
  readonly #admitted: Set<ParticipantId>;
  /** The stay of each peer that is in now, by its place in the list. */
  readonly #stays = new Map<Peer, number>();
  #begun: boolean;
  #goingOn = false;

  /** @param resumed the document is of a meeting that began before */
  constructor(doc: MeetingDoc, record: MeetingRecord, resumed: boolean) {
    this.#doc = doc;
    this.#record = record;
    this.#begun = resumed;
    this.#removed = new Set(doc.removed);
    this.#admitted = new Set(doc.admitted);
    for (const [index, stay] of doc.attendances.entries()) {
      this.#roles.set(stay.participantId, stay.role);
      // Its server died, so the last sign of life is the end of the stay.
      if (!stay.leftAt) this.#endStay(index, doc.aliveAt);
    }
  }

  get id(): string {
    return this.#doc._id.toHexString();
  }

  /** Unix ms. */
  get startedAt(): number {
    return this.#doc.startedAt.getTime();
  }

  get locked(): boolean {
    return this.#doc.locked;
  }

  get spotlight(): ParticipantId | undefined {
    return this.#doc.spotlight;
  }

  /** Whether whoever comes in now comes in to this meeting, and not to the next. */
  get current(): boolean {
    if (this.#doc.endedAt) return false;
    return (
      this.#goingOn ||
      !this.#begun ||
      Date.now() - this.#doc.aliveAt.getTime() < LIMITS.meetingResumesWithinMs
    );
  }

  /** What this person was last; undefined for who was not in this meeting. */
  roleOf(participantId: ParticipantId): Role | undefined {
    return this.#roles.get(participantId);
  }

  get newcomersKnock(): boolean {
    return this.#removed.size > 0;
  }

  isRemoved(participantId: ParticipantId): boolean {
    return this.#removed.has(participantId);
  }

  isAdmitted(participantId: ParticipantId): boolean {
    return this.#admitted.has(participantId);
  }

  enter(peer: Peer): void {
    const now = new Date();
    if (!this.#begun) this.#doc.startedAt = now;
    this.#begun = true;
    this.#goingOn = true;
    const { participantId, displayName, role } = peer.identity;
    this.#roles.set(participantId, role);
    const { attendances } = this.#doc;
    if (attendances.length < LIMITS.attendancesPerMeeting) {
      this.#stays.set(peer, attendances.length);
      attendances.push({ participantId, displayName, role, joinedAt: now });
      this.#writeStay(attendances.length - 1);
    }
    this.#record.start();
  }

  leave(peer: Peer): void {
    const index = this.#stays.get(peer);
    if (index === undefined) return;
    this.#stays.delete(peer);
    this.#endStay(index, new Date());
  }

  setRole(peer: Peer, role: Role): void {
    peer.identity.role = role;
    this.#roles.set(peer.identity.participantId, role);
    const index = this.#stays.get(peer);
    const stay = index === undefined ? undefined : this.#doc.attendances[index];
    if (index === undefined || !stay) return;
    stay.role = role;
    this.#writeStay(index);
    // The API asks the record who may send a file, and this person may have one at hand.
    void this.#record.settle();
  }

  setLocked(locked: boolean): void {
    this.#doc.locked = locked;
    this.#record.set('locked', locked);
  }

  setSpotlight(participantId: ParticipantId | undefined): void {
    this.#doc.spotlight = participantId;
    this.#record.set('spotlight', participantId);
  }

  /** Not let in for the rest of this meeting. */
  remove(participantId: ParticipantId): void {
    this.#removed.add(participantId);
    this.#admitted.delete(participantId);
    this.#writePeople();
    // The API asks the record who may have the files of this meeting.
    void this.#record.settle();
  }

  /** The last of those who are not let in, by the names that the record has of them. */
  get barred(): Somebody[] {
    const known = new Map<ParticipantId, Somebody>();
    for (const { whom } of this.#doc.acts) if (whom) known.set(whom.participantId, person(whom));
    return [...this.#removed].flatMap((id) => known.get(id) ?? []).slice(-LIMITS.lobbyShown);
  }

  letBackIn(participantId: ParticipantId): void {
    this.#removed.delete(participantId);
    this.#writePeople();
  }

  admit(participantId: ParticipantId): void {
    this.#admitted.add(participantId);
    this.#writePeople();
  }

  /** Keeps an act in the record. */
  note(act: RecordedAct, by: Somebody, { whom, detail }: { whom?: Somebody; detail?: string } = {}): void {
    const { acts } = this.#doc;
    if (acts.length >= LIMITS.actsPerMeeting) return;
    acts.push({
      act,
      at: new Date(),
      by: person(by),
      ...(whom && { whom: person(whom) }),
      ...(detail !== undefined && { detail }),
    });
    this.#record.set(`acts.${acts.length - 1}`, acts.at(-1));
  }

  /** Over for good. */
  end(): void {
    if (!this.#goingOn) return;
    this.#doc.endedAt = new Date();
    this.#record.set('endedAt', this.#doc.endedAt);
    this.#stop();
  }

  /** Nobody is there, but somebody may come back soon: then it goes on. */
  pause(): void {
    if (this.#goingOn) this.#stop();
  }

  /** The room is gone, and with it what was kept of it. */
  discard(): void {
    this.#goingOn = false;
    this.#record.discard();
  }

  #stop(): void {
    this.#goingOn = false;
    const now = new Date();
    for (const index of this.#stays.values()) this.#endStay(index, now);
    this.#stays.clear();
    this.#doc.aliveAt = now;
    this.#record.finish();
  }

  #endStay(index: number, at: Date): void {
    const stay = this.#doc.attendances[index];
    if (!stay) return;
    stay.leftAt = at;
    this.#writeStay(index);
  }

  #writeStay(index: number): void {
    this.#record.set(
      `attendances.${index}`,
      this.#doc.attendances[index] satisfies AttendanceDoc | undefined,
    );
  }

  #writePeople(): void {
    this.#doc.removed = [...this.#removed].slice(-LIMITS.attendancesPerMeeting);
    this.#doc.admitted = [...this.#admitted].slice(-LIMITS.attendancesPerMeeting);
    this.#record.set('removed', this.#doc.removed);
    this.#record.set('admitted', this.#doc.admitted);
  }
}

function person({ participantId, displayName }: Somebody): PersonDoc {
  return { participantId, displayName };
}
