/** Aims about the quality of Mia's picture of Ben. */
import { meeting } from '../../../client/src/i18n/en/meeting.ts';
import { longestSilence, receivedFrom, widthChanges } from '../flow.ts';
import type { Sample } from '../sample.ts';
import type { Aim } from '../scenario.ts';
import { row, seconds, stepAt } from './row.ts';

/**
 * For longer than that a tile must not stand still without a word, ms. The last picture stays meanwhile, so it is never black; that
 * nothing comes is known after 1.5 s, and that it is for lack of room and no fault after two more.
 */
const DARK_MS = 4_000;

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

/** What Mia reads on Ben's tile when his picture is held back, and for how long she had neither picture nor words. */
export function heldInWords(from: number, to: number): Aim {
  return (recording) => {
    const { mia, ben } = recording;
    const [since, until] = [stepAt(recording, from), stepAt(recording, to)];
    const samples = mia.samples.filter(({ at }) => at >= since && at <= until);
    const words = ({ held }: Sample): string | undefined =>
      [meeting.limited, meeting.still].find((each) => held[ben.name]?.includes(each));
    const said = samples.find(words);
    let last = since;
    let darkMs = 0;
    for (const sample of samples) {
      if (receivedFrom(sample, ben.name).videoFrames > 0 || words(sample)) last = sample.at;
      darkMs = Math.max(darkMs, sample.at - last);
    }
    return [
      {
        what: 'said on the tile',
        aim: 'why there is no picture',
        measured: said ? `“${words(said) ?? ''}”, after ${seconds(said.at - since)}` : 'nothing',
        ok: said !== undefined,
      },
      row('neither picture nor words', DARK_MS, darkMs),
    ];
  };
}

/** While it is slow, Mia's picture of Ben is smaller than before, and there. */
export function smallerAndThere(slow: number, settledMs: number, fast: number): Aim {
  return (recording) => {
    const { mia, ben } = recording;
    const [slowAt, fastAt] = [stepAt(recording, slow), stepAt(recording, fast)];
    const width = (sample: Sample) => receivedFrom(sample, ben.name).width;
    const before = mia.samples.findLast((sample) => sample.at < slowAt && width(sample) > 0);
    const during = mia.samples.filter(({ at }) => at >= slowAt + settledMs && at < fastAt);
    const widths = [...new Set(during.map(width).filter((each) => each > 0))];
    const flow = { name: '', samples: during, kind: 'video', from: ben.name } as const;
    const gapMs = longestSilence(flow, slowAt + settledMs);
    const full = before ? width(before) : 0;
    return {
      what: 'picture while it is slow',
      aim: 'smaller, and there',
      measured: `${widths.join(', ') || 'no'} px of ${full}; longest gap: ${gapMs === 0 ? 'none' : seconds(gapMs)}`,
      ok: widths.length > 0 && widths.every((each) => each < full) && gapMs === 0,
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
