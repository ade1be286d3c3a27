/** Aims about media: that it comes, by which path, and how soon again. */
import type { Row } from '../../bench/table.ts';
import { allFlows, firstAfter, flowsAgainAfter, longestSilence, receivedFrom, silences } from '../flow.ts';
import type { Aim, Recording } from '../scenario.ts';
import { row, seconds, stepAt, sum } from './row.ts';

/** Media is steady when it has flowed for so long at the end of a recording, ms. */
const STEADY_MS = 2_000;
/** A silence is dated from the last sample in which something came, which is before the step that caused it, ms. */
const BEFORE_NEXT_MS = 1_000;

/** Until something has been received by both, from the click on Join. */
export function connected(withinMs: number): Aim {
  return (recording) => {
    const { joinedAt } = recording;
    const times = allFlows(recording).map((flow) => firstAfter(flow, joinedAt));
    const ms = times.some((time) => time === undefined)
      ? undefined
      : Math.max(...times.map((time) => time ?? Infinity)) - joinedAt;
    return row('connected, from the click', withinMs, ms);
  };
}

/** It still flows at the end. */
export const flowing: Aim = (recording) => {
  const since = recording.endedAt - STEADY_MS;
  const stuck = allFlows(recording).filter((flow) => silences(flow, since).length > 0);
  return {
    what: 'media flows at the end',
    aim: 'all of it',
    measured: stuck.length === 0 ? 'all of it' : `not ${stuck.map(({ name }) => name).join(', ')}`,
    ok: stuck.length === 0,
  };
};

/** @param path as Ben's browser calls it, on both of his transports */
export function pathIs(path: string): Aim {
  return ({ ben }) => {
    const paths = ben.samples.findLast(({ paths }) => paths.length > 0)?.paths ?? [];
    return {
      what: 'path',
      aim: path,
      measured: paths.join(' and ') || 'none',
      ok: paths.length === 1 && paths[0] === path,
    };
  };
}

/** @param step whose effect it is, by its index */
export function mediaAgain(step: number, withinMs: number): Aim {
  return (recording) => {
    const since = stepAt(recording, step);
    return [row('media again', withinMs, allAgainAfter(recording, since)), noReloads(recording)];
  };
}

/**
 * One fault of several is healed.
 *
 * @param what the same words for all of a kind, so that a summary has them together
 * @param detail of this one
 * @param step from when on it counts
 * @param before what stops after this step is of its making; undefined: it counts to the end
 */
export function healed(
  what: string,
  detail: () => string,
  step: number,
  before: number | undefined,
  withinMs: number,
): Aim {
  return (recording) => {
    const healing = row(what, withinMs, allAgainAfter(recording, ...between(recording, step, before)));
    return { ...healing, measured: `${healing.measured}; ${detail()}` };
  };
}

/** @param faults from which step on each of several works, and before which one; each must have stopped something */
export function felt(faults: readonly (readonly [step: number, before: number])[]): Aim {
  return (recording) => {
    const stopped = faults.filter((fault) => allAgainAfter(recording, ...between(recording, ...fault)) !== 0);
    return {
      what: 'faults that stopped something',
      aim: 'all',
      measured: `${stopped.length} of ${faults.length}`,
      ok: stopped.length === faults.length,
    };
  };
}

/** What the server did about it; clients do more, and tell nobody. */
export const repairsTold: Aim = ({ repairs }) => {
  const told = [...repairs].map(([cause, count]) => `${cause} ${count}`);
  return { what: 'repairs by the server', aim: '', measured: told.join(', ') || 'none', ok: undefined };
};

export function noAudioGap(step: number): Aim {
  return (recording) => {
    const since = stepAt(recording, step);
    const flows = allFlows(recording).filter(({ kind }) => kind === 'audio');
    const longest = Math.max(...flows.map((flow) => longestSilence(flow, since)));
    const lost = sum(
      flows.map(({ samples, from }) =>
        sum(samples.filter(({ at }) => at > since).map((sample) => receivedFrom(sample, from).audioLost)),
      ),
    );
    return {
      what: 'audio gap',
      aim: '0',
      measured: `${longest === 0 ? 'none' : seconds(longest)}; packets lost: ${lost}`,
      ok: longest === 0,
    };
  };
}

/**
 * A line that becomes slow at once drops most of what is on its way, sound too, until the sender has heard of it, which takes a
 * second or two. Sound may miss a word then, and nothing later.
 */
export function audioSurvives(collapse: number, shakenMs: number, missingMs: number): Aim {
  return (recording) => {
    const since = stepAt(recording, collapse);
    const flows = allFlows(recording).filter(({ kind }) => kind === 'audio');
    const gaps = flows.flatMap((flow) => silences(flow, since));
    const longest = (some: typeof gaps) => Math.max(0, ...some.map(({ ms }) => ms));
    const first = gaps.filter(({ from }) => from < since + shakenMs);
    const later = gaps.filter(({ from }) => from >= since + shakenMs);
    return [
      row('audio gap as the line gets slow', missingMs, longest(first)),
      row('audio gap later', 0, longest(later)),
    ];
  };
}

export function noReloads({ everyone }: Recording): Row {
  const reloaded = everyone.filter(
    ({ samples }) => new Set(samples.map(({ loadedAt }) => loadedAt)).size > 1,
  );
  return {
    what: 'reloads',
    aim: '0',
    measured: String(reloaded.length),
    ok: reloaded.length === 0,
  };
}

/** How long after `since` everything flowed again for good, ms; see `flowsAgainAfter`. */
function allAgainAfter(recording: Recording, since: number, until?: number): number | undefined {
  const times = allFlows(recording).map((flow) => flowsAgainAfter(flow, since, until));
  return times.includes(undefined) ? undefined : Math.max(...times.map((time) => time ?? 0));
}

/** From when on a fault counts, and when something else begins to. */
function between(recording: Recording, step: number, before: number | undefined): [number, number] {
  return [
    stepAt(recording, step),
    before === undefined ? Infinity : stepAt(recording, before) - BEFORE_NEXT_MS,
  ];
}
