/** What a worker should carry before a room spreads to another one. */
export interface WorkerBudget {
  /** Consumers that are forwarding. mediasoup's rule of thumb is 500 for a worker. */
  consumers: number;
  /** Share of one core, 0 to 1. */
  cpu: number;
}
