/** What scenarios are asked: each aim reads the recording and gives a row of the table. The numbers are those of the issue. */
import type { Row } from '../bench/table.ts';
import {
  allFlows,
  firstAfter,
  flowsAgainAfter,
  longestSilence,
  receivedFrom,
  silences,
  widthChanges,
} from './flow.ts';
import type { Sample } from './sample.ts';
import type { Aim, Recording } from './scenario.ts';

/** Media is steady when it has flowed for so long at the end of a recording, ms. */
const STEADY_MS = 2_000;
/** A silence is dated from the last sample in which something came, which is before the step that caused it, ms. */
const BEFORE_NEXT_MS = 1_000;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

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
 * @param what it was, in words
 * @param step from when on it counts
 * @param before what stops after this step is of its making; undefined: it counts to the end
 */
export function healed(what: string, step: number, before: number | undefined, withinMs: number): Aim {
  return (recording) => {
    const until = before === undefined ? Infinity : stepAt(recording, before) - BEFORE_NEXT_MS;
    return row(what, withinMs, allAgainAfter(recording, stepAt(recording, step), until));
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

/** Ben is the same peer for Mia from the first to the last. */
export const samePeer: Aim = ({ mia, ben }) => {
  const peers = new Set(mia.samples.flatMap(({ tiles }) => tiles[ben.name] ?? []));
  const thereAtEnd = (mia.samples.at(-1)?.tiles[ben.name] ?? []).length === 1;
  return {
    what: 'same peer before and after',
    aim: 'yes',
    measured: `${peers.size} ${peers.size === 1 ? 'peer' : 'peers'}${thereAtEnd ? '' : ', gone at the end'}`,
    ok: peers.size === 1 && thereAtEnd,
  };
};

/** Ben can read what is going on, and it is gone in the end. */
export function saidInWords(step: number): Aim {
  return (recording) => {
    const { samples } = recording.ben;
    const since = stepAt(recording, step);
    const said = new Set(samples.filter(({ at, says }) => at >= since && says).map(({ says }) => says));
    const atEnd = samples.at(-1)?.says ?? '';
    return {
      what: 'said to Ben',
      aim: 'in words, while it lasts',
      measured: [...said].join(' ') || 'nothing',
      ok: said.size > 0 && atEnd === '',
    };
  };
}

/** Until Mia can see that Ben's connection is lost, or he is gone. */
export function shownAway(step: number, withinMs: number): Aim {
  return (recording) => {
    const since = stepAt(recording, step);
    const { mia, ben } = recording;
    const isShown = ({ away, tiles }: Sample) => away.includes(ben.name) || !tiles[ben.name];
    const shown = mia.samples.find((sample) => sample.at >= since && isShown(sample));
    return row('shown as away', withinMs, shown && shown.at - since);
  };
}

/** Until Ben is no longer on Mia's screen. */
export function tileGone(step: number, withinMs: number): Aim {
  return (recording) => {
    const since = stepAt(recording, step);
    const { mia, ben } = recording;
    const gone = mia.samples.find(({ at, tiles }) => at >= since && !tiles[ben.name]);
    return row('tile gone', withinMs, gone && gone.at - since);
  };
}

/** Ben is never on Mia's screen twice. */
export const neverTwo: Aim = ({ mia, ben }) => {
  const most = Math.max(0, ...mia.samples.map(({ tiles }) => (tiles[ben.name] ?? []).length));
  return { what: 'tiles of Ben at a time', aim: '1', measured: String(most), ok: most === 1 };
};

/** The one that Mia sees at the end is another one than before. */
export const replaced: Aim = ({ mia, ben }) => {
  const peers = new Set(mia.samples.flatMap(({ tiles }) => tiles[ben.name] ?? []));
  return { what: 'peers that were Ben', aim: '2', measured: String(peers.size), ok: peers.size === 2 };
};

/** Mia sees by a mark on Ben's tile that his media comes badly, from one step to another, and no longer at the end. */
export function markedWhile(from: number, to: number): Aim {
  return (recording) => {
    const { mia, ben } = recording;
    const [since, until] = [stepAt(recording, from), stepAt(recording, to)];
    const isMarked = ({ marked }: Sample) => marked.includes(ben.name);
    const first = mia.samples.find((sample) => sample.at >= since && sample.at < until && isMarked(sample));
    const last = mia.samples.findLast(isMarked);
    const gone = last !== undefined && last !== mia.samples.at(-1);
    return {
      what: 'mark on the tile',
      aim: 'while it lasts',
      measured: first
        ? `after ${seconds(first.at - since)}, ${gone ? `gone ${seconds(last.at - until)} after` : 'still there at the end'}`
        : 'never',
      ok: first !== undefined && gone,
    };
  };
}

/**
 * Mia's picture of Ben keeps its size while nothing changes.
 *
 * @param settledMs after the step, from when on it counts
 * @param forMs over how long
 */
export function fewSwitches(step: number, settledMs: number, forMs: number): Aim {
  return (recording) => {
    const { mia, ben } = recording;
    const since = stepAt(recording, step) + settledMs;
    const perMinute = (widthChanges(mia.samples, ben.name, since, since + forMs) * 60_000) / forMs;
    return {
      what: 'layer switches while steady',
      aim: '≤ 2 / min',
      measured: `${perMinute.toFixed(1)} / min`,
      ok: perMinute <= 2,
    };
  };
}

/** Until Mia's picture of Ben is as large as it was when it was made worse, by one step, after another step, and stays so. */
export function fullQualityAgain(worse: number, better: number, withinMs: number): Aim {
  return (recording) => {
    const { mia, ben } = recording;
    const [worseAt, since] = [stepAt(recording, worse), stepAt(recording, better)];
    const widths = mia.samples
      .map((sample) => ({ at: sample.at, width: receivedFrom(sample, ben.name).width }))
      .filter(({ width }) => width > 0);
    const before = widths.findLast(({ at }) => at < worseAt)?.width ?? Infinity;
    const lastSmall = widths.findLast(({ width }) => width < before)?.at ?? since;
    const again = widths.find(({ at, width }) => at >= since && at >= lastSmall && width >= before);
    return row(`full quality (${before} px) again`, withinMs, again && again.at - since);
  };
}

/** How long after `since` everything flowed again for good, ms; see `flowsAgainAfter`. */
function allAgainAfter(recording: Recording, since: number, until?: number): number | undefined {
  const times = allFlows(recording).map((flow) => flowsAgainAfter(flow, since, until));
  return times.includes(undefined) ? undefined : Math.max(...times.map((time) => time ?? 0));
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

function row(what: string, withinMs: number, ms: number | undefined): Row {
  return {
    what,
    aim: `≤ ${seconds(withinMs)}`,
    measured: ms === undefined ? 'never' : seconds(ms),
    ok: ms !== undefined && ms <= withinMs,
    late: ms !== undefined && ms > withinMs,
    ms,
  };
}

function stepAt({ stepsAt }: Recording, step: number): number {
  const at = stepsAt[step];
  if (at === undefined) throw new Error(`The scenario has no step ${step}`);
  return at;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
