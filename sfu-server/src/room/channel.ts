import type { EventName, EventPayload, SessionEndReason } from '@vcallpe/shared';

/** A peer's way to its client. The room knows this and never Socket.IO. */
export interface Channel {
  send<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** Tells the client that its session is over, and hangs up. */
  end(reason: SessionEndReason): void;
}
