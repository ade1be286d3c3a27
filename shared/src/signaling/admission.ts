/** The way in when the door is not open: waiting, and those who let people in. */
import { z } from 'zod';
import { ParticipantId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { DisplayName } from '../rest/common.ts';
import { event, request } from './define.ts';

const none = z.object({});

/** What somebody who can't come in yet is waiting for. `host`: the meeting begins when one is there. */
export const WAITING_FOR = ['admission', 'host'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

export const WaitingPerson = z.object({
  participantId: ParticipantId,
  displayName: DisplayName,
  /** Unix time, ms. */
  since: z.number().int(),
});
export type WaitingPerson = z.infer<typeof WaitingPerson>;

/** All who wait. Who came after that many is waiting too, and moves up. */
export const Lobby = z.array(WaitingPerson).max(LIMITS.lobbyShown);

/** Removed, or turned away. */
export const BarredPerson = WaitingPerson.omit({ since: true });
export type BarredPerson = z.infer<typeof BarredPerson>;

/** The last of those who are not let in to this meeting. */
export const Barred = z.array(BarredPerson).max(LIMITS.lobbyShown);

const somebody = z.object({ participantIds: z.array(ParticipantId).min(1).max(LIMITS.lobbyShown) });

export const ADMISSION_REQUESTS = {
  /**
   * After `join` was refused with ADMISSION_NEEDED: waits, on this socket, until `admission` tells how it ended. Then
   * `join` is made again.
   */
  knock: request({ input: none, output: z.object({ waitingFor: z.enum(WAITING_FOR) }) }),
  admit: request({ input: somebody, output: none }),
  admitAll: request({ input: none, output: none }),
  deny: request({ input: somebody, output: none }),
  /** Undoes `deny` and `removePeer`: the door is to them what it was before. */
  letBackIn: request({ input: z.object({ participantId: ParticipantId }), output: none }),
  /** To everyone who waits. */
  tellLobby: request({
    input: z.object({ text: z.string().trim().min(1).max(LIMITS.lobbyMessageMax) }),
    output: none,
  }),
  /** Nobody new comes in while it is locked; who was in comes back. */
  setLocked: request({ input: z.object({ locked: z.boolean() }), output: none }),
} as const;

export const ADMISSION_EVENTS = {
  /** To who waits: the answer. */
  admission: event(z.object({ answer: z.enum(['admitted', 'denied']) })),
  /** To who waits, also when it came after the message: what the hosts want them to know. */
  lobbyMessage: event(z.object({ text: z.string(), from: DisplayName })),
  /** To those who may admit: everyone who waits now, who came first in front. */
  lobbyChanged: event(z.object({ waiting: Lobby })),
  /** To those who may admit: everyone who is not let in now. */
  barredChanged: event(z.object({ barred: Barred })),
} as const;
