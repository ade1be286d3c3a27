import type { EventName, EventPayload, SessionEndReason } from '@vcallpe/shared';

/** A peer's way to its client. The room knows this and never Socket.IO. */
export interface Channel {
  /** Whether the client is connected now. What is sent while it is not is lost: `resume` tells it all again. */
  readonly present: boolean;
  send<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** From now on the client hears what is told to this audience. */
  listen(audience: string): void;
  /** Nothing comes from the client's transports any more: finds out whether it is still there, and hangs up if not. */
  probe(): void;
  /** Tells the client that its session is over, and hangs up. */
  end(reason: SessionEndReason): void;
}

/** Tells one thing to everyone who listens. It is encoded once, however many they are. */
export type Broadcast = <E extends EventName>(audience: string, event: E, payload: EventPayload<E>) => void;
