/** What a scenario is made of: how things are before the call, what happens when, and what is asked of it. */
import type { Row } from '../bench/table.ts';
import type { Home } from './home.ts';
import type { Sample } from './sample.ts';
import type { CameraPicture } from './test-camera.ts';

/**
 * Mia has an account and is in the meeting, on an open network. Ben joins; most of what happens, happens to him.
 */
export interface Scenario {
  /** For the command line. */
  name: string;
  /** In words, for the table. */
  what: string;
  /** Also part of `npm test`. */
  quick?: boolean;
  /** How Ben's home is before he joins; open, when nothing is said. */
  before?: (bensHome: Home) => Promise<void> | void;
  /** A line is made long, for which not every machine has what it takes. */
  delays?: boolean;
  /** Ben's, where the small one would not do. */
  camera?: CameraPicture;
  /** Ben has an account, and so the same identity in each of his browsers. */
  account?: boolean;
  /** How many more people are in the meeting. */
  others?: number;
  steps: readonly Step[];
  /** How long it is looked at after the last step, ms. */
  watchMs: number;
  aims: readonly Aim[];
  /** For what is drawn at random: the one to play after this one. */
  next?: () => Scenario;
}

export interface Step {
  /** After the step before; after media flows, for the first one. ms */
  afterMs: number;
  does: (stage: Stage) => Promise<void> | void;
}

/** What a step can act on. */
export interface Stage {
  mia: Actor;
  ben: Actor & {
    killBrowser(): void;
    /** Ben sits down at another machine, and is about to join from there as well. */
    openOtherBrowser(): Promise<void>;
    joinFromOtherBrowser(): Promise<void>;
  };
  /** kill -9 of a process of the service; the supervisor, or the SFU for its worker, starts another one. */
  kill(what: 'worker' | 'sfu'): void;
}

export interface Actor {
  home: Home;
  /** Clicks on a button of the meeting. */
  press(button: string): Promise<void>;
  /** Over which their transports go now, as in `Sample`. */
  paths(): Promise<readonly string[]>;
}

/** One who was watched. */
export interface Watched {
  name: string;
  samples: readonly Sample[];
}

/** All times are Unix times in ms. */
export interface Recording {
  /** When Ben clicked on Join. */
  joinedAt: number;
  /** When each step was taken. */
  stepsAt: readonly number[];
  endedAt: number;
  mia: Watched;
  ben: Watched;
  /** Everyone who was watched, Mia and Ben too. */
  everyone: readonly Watched[];
  /** How often the server repaired media, by cause, from the first step on. */
  repairs: ReadonlyMap<string, number>;
}

export type Aim = (recording: Recording) => Row | Row[];
