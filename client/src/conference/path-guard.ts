/**
 * Keeps the path of one transport alive: ICE is restarted as soon as it looks dead, or the network changed, and when that
 * does not help the transport is given up.
 */
import type { types } from 'mediasoup-client';
import { FlowWatch } from './flow-watch.ts';
import { selectedPair, wayOf } from './quality/path.ts';
import type { RoundTrip } from './round-trip.ts';
import type { StatsEntry, StatsReports } from './stats.ts';

/**
 * A restarted path that carries nothing by then, from the server's answer on, is given up, ms. That is soon: a browser
 * clings to the path it had for 3.5 s after its last packet (libwebrtc: 2.5 s until it counts as not receiving, and 1 s
 * of delay before it switches), while new transports carry media after about a second. A slow line has longer.
 */
const RESTART_WITHIN_MS = 1_000;
/** A path that flows for so long after a restart is well again, ms. */
const WELL_AFTER_MS = 5_000;
/** So many restarts with no such time in between are one too many. */
const MAX_RESTARTS = 2;

export interface PathGuardOptions {
  transport: types.Transport;
  /** Whether anything should come on it now, see `FlowWatch`. */
  expects: () => boolean;
  /** How long an answer takes. */
  roundTrip: RoundTrip;
  /** Asks the server for new ICE parameters, and uses them. Rejects when it can't be asked. */
  restartIce: () => Promise<void>;
  /** The path looks dead. */
  onSuspect: () => void;
  /** Restarting did not help. */
  onDead: () => void;
}

export class PathGuard {
  readonly #options: PathGuardOptions;
  readonly #watch = new FlowWatch();
  /** A restart has yet to prove itself. */
  #proving = false;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  /** What each pair had for a proof when it was restarted, by the pair's id; undefined until that is known. */
  #provenBefore: ReadonlyMap<string, number> | undefined;
  #restarts = 0;
  #restartedAt = 0;
  #closed = false;

  constructor(options: PathGuardOptions) {
    this.#options = options;
    options.transport.on('connectionstatechange', (state) => {
      if (state === 'disconnected' || state === 'failed') options.onSuspect();
    });
    options.transport.observer.once('close', () => {
      this.#closed = true;
      clearTimeout(this.#deadline);
    });
  }

  /** It was restarted, and nothing has come since. */
  get silent(): boolean {
    return this.#proving;
  }

  /** Restarts ICE now. A path that is not in use yet needs none. */
  restart(): void {
    const { transport, restartIce, roundTrip } = this.#options;
    if (this.#closed || this.#proving || transport.connectionState === 'new') return;
    this.#restarts += 1;
    if (this.#restarts > MAX_RESTARTS) return this.#giveUp();
    this.#restartedAt = performance.now();
    this.#provenBefore = undefined;
    this.#proving = true;
    transport.getStats().then(
      (stats) => (this.#provenBefore = proofs(stats as unknown as StatsReports)),
      // It closed meanwhile.
      () => undefined,
    );
    // While the server can't be asked there is nothing better to try.
    restartIce().then(
      () => {
        const withinMs = roundTrip.patience(RESTART_WITHIN_MS);
        if (this.#proving) this.#deadline = setTimeout(() => void this.#judge(), withinMs);
      },
      // It may have proved itself meanwhile, and then what became of the question is of no matter.
      () => this.#proving && this.#giveUp(),
    );
  }

  /** Looks at what was received since the last time. */
  look(reports: StatsReports, now: number): void {
    const { connectionState } = this.#options.transport;
    const expected = this.#options.expects();
    const progress = received(reports);
    if (this.#closed || connectionState === 'new' || progress === undefined) return;
    if (this.#proving) {
      if (connectionState !== 'connected' || !this.#isProven(reports)) return;
      clearTimeout(this.#deadline);
      this.#proving = false;
      this.#watch.reset(now);
    }
    // Nothing is due, and a browser that tells of no checks tells nothing then: ICE itself notices a loss.
    if (!expected && !tellsOfChecks(reports)) this.#watch.reset(now);
    else if (this.#watch.sample(progress, now, expected)) return this.#options.onSuspect();
    if (now - this.#restartedAt > WELL_AFTER_MS) this.#restarts = 0;
  }

  /** On a busy machine the last look may be a while ago. */
  async #judge(): Promise<void> {
    const stats = await this.#options.transport.getStats().catch(() => undefined);
    if (stats) this.look(stats as unknown as StatsReports, performance.now());
    if (this.#proving) this.#giveUp();
  }

  /**
   * A check that was answered shows that its kind of way carries in both directions, so the path in use has to be of that
   * kind. What is received shows nothing: it still comes when only the way out is blocked, and then a browser has found
   * another way, and stays on the old one for long. Only a browser that does not tell of checks has to be believed so,
   * and, where nothing is due, that it is connected.
   */
  #isProven(reports: StatsReports): boolean {
    const inUse = selectedPair(reports);
    const way = inUse && wayOf(reports, inUse);
    const before = this.#provenBefore;
    if (!way || !before) return false;
    if (!this.#options.expects() && !tellsOfChecks(reports)) return true;
    return pairsOf(reports).some(([id, pair]) => {
      const other = wayOf(reports, pair);
      const isProven = proofOf(pair) > (before.get(id) ?? 0);
      return isProven && other?.carrier === way.carrier && other.relayed === way.relayed;
    });
  }

  #giveUp(): void {
    if (!this.#closed) this.#options.onDead();
  }
}

const pairsOf = (reports: StatsReports): [string, StatsEntry][] =>
  [...reports].filter(([, { type }]) => type === 'candidate-pair');

/** Firefox tells of them from 142 on. */
const tellsOfChecks = (reports: StatsReports): boolean =>
  pairsOf(reports).some(([, { responsesReceived }]) => responsesReceived !== undefined);

/** Answered checks, or bytes where the browser does not tell of those. */
const proofOf = ({ responsesReceived, bytesReceived = 0 }: StatsEntry): number =>
  responsesReceived ?? bytesReceived;

const proofs = (reports: StatsReports): Map<string, number> =>
  new Map(pairsOf(reports).map(([id, pair]) => [id, proofOf(pair)]));

/** Bytes and answered consent checks over all candidate pairs; undefined when there are none. */
function received(reports: StatsReports): number | undefined {
  let sum: number | undefined;
  for (const report of reports.values()) {
    if (report.type !== 'candidate-pair') continue;
    sum = (sum ?? 0) + (report.bytesReceived ?? 0) + (report.responsesReceived ?? 0);
  }
  return sum;
}
