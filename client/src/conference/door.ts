/** The way into a room: at once, or after waiting at the door for somebody to open it. */
import {
  AppError,
  type Input,
  type JoinedRoom,
  type SessionEndReason,
  type WaitingFor,
} from '@vcallpe/shared';
import type { Signaling } from './signaling.ts';

/** What somebody who waits may know. */
export interface Waiting {
  for: WaitingFor;
  /** The last word of the hosts to those who wait. */
  message?: { text: string; from: string };
}

/** The server ended the session before it began. */
export class EndedAtDoor extends AppError {
  readonly reason: SessionEndReason;

  constructor(reason: SessionEndReason) {
    const gone = reason === 'roomDeleted';
    super(
      gone ? 'ROOM_NOT_FOUND' : 'UNAVAILABLE',
      gone ? 'This room no longer exists' : 'The meeting is over',
    );
    this.reason = reason;
  }
}

/**
 * Joins; where that needs somebody's leave, knocks, and joins when it is given.
 *
 * @param onWaiting told when waiting begins, and what changes about it; undefined when it is over
 * @param signal ends the waiting
 * @throws {AppError} the server's refusal, REMOVED when a host says no, UNAVAILABLE when the connection is lost
 */
export async function enter(
  signaling: Signaling,
  entry: Input<'join'>,
  onWaiting: (waiting: Waiting | undefined) => void,
  signal: AbortSignal,
): Promise<JoinedRoom> {
  for (;;) {
    try {
      return await signaling.request('join', entry);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ADMISSION_NEEDED') throw error;
    }
    await wait(signaling, onWaiting, signal);
    onWaiting(undefined);
  }
}

async function wait(
  signaling: Signaling,
  onWaiting: (waiting: Waiting) => void,
  signal: AbortSignal,
): Promise<void> {
  const answered = Promise.withResolvers<void>();
  let waiting: Waiting = { for: 'admission' };
  let knocked = false;
  const tell = (change: Partial<Waiting>) => {
    waiting = { ...waiting, ...change };
    if (knocked) onWaiting(waiting);
  };
  const giveUp = () => answered.reject(new AppError('WRONG_STATE', 'You have left'));
  signal.addEventListener('abort', giveUp);
  signaling.onDisconnect((why) => answered.reject(why));
  // The answer, and a message, may come before the answer to the knock.
  const stop = signaling.onEvent((name, payload) => {
    if (name === 'lobbyMessage') tell({ message: payload as NonNullable<Waiting['message']> });
    if (name === 'admission') {
      if ((payload as { answer: string }).answer === 'admitted') answered.resolve();
      else answered.reject(new AppError('REMOVED', 'A host did not let you in'));
    }
    if (name === 'sessionEnded') {
      answered.reject(new EndedAtDoor((payload as { reason: SessionEndReason }).reason));
    }
  });
  // It may fail before anybody waits for it.
  answered.promise.catch(() => undefined);
  try {
    if (signal.aborted) giveUp();
    const { waitingFor } = await signaling.request('knock', {});
    knocked = true;
    tell({ for: waitingFor });
    await answered.promise;
  } finally {
    stop();
    signal.removeEventListener('abort', giveUp);
  }
}
