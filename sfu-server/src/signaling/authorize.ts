/** Whether the role of whoever asks allows it; for handlers, each of which names what it needs. */
import { AppError, may, type Capability } from '@vcallpe/shared';
import type { Place, Session } from './session.ts';

/** @throws {AppError} FORBIDDEN; WRONG_STATE before `join` */
export function authorized(session: Session, capability: Capability): Place {
  const { place } = session;
  if (!may(place.peer.identity.role, capability)) {
    throw new AppError('FORBIDDEN', 'Your role in this meeting does not allow that');
  }
  return place;
}
