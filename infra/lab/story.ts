/** What happened in a recording, in the order of time: printed when an aim was missed, to see why. */
import { allFlows, firstAfter, receivedFrom, silences } from './flow.ts';
import type { Sample } from './sample.ts';
import type { Recording } from './scenario.ts';

/** One line for each event; times are seconds since the first step, or since the click on Join where there is none. */
export function tellStory(recording: Recording): string[] {
  const { joinedAt, stepsAt, endedAt, everyone } = recording;
  const zero = stepsAt[0] ?? joinedAt;
  const events = [
    ...stepsAt.map((at, i) => ({ at, what: `step ${i}` })),
    ...allFlows(recording).flatMap((flow) =>
      silences(flow, firstAfter(flow, joinedAt) ?? joinedAt).flatMap(({ from, to }) => [
        { at: from, what: `${flow.name} stops` },
        ...(to === undefined ? [] : [{ at: to, what: `${flow.name} comes again` }]),
      ]),
    ),
    ...everyone.flatMap(({ name, samples }) => [
      ...changes(samples, ({ paths }) => `${name}'s path: ${paths.join(', ') || 'none'}`),
      ...changes(samples, ({ tiles }) => `${name} sees ${Object.entries(tiles).map(oneTile).join(', ')}`),
      ...changes(samples, ({ ice }) => `${name}'s ICE: ${ice.join(', ') || 'none'}`),
      ...changes(
        samples,
        ({ held }) =>
          `${name} reads on tiles: ${
            Object.keys(held).length === 0
              ? 'nothing'
              : Object.values(held)
                  .map((words) => words.replaceAll(/\s+/g, ' '))
                  .join('; ')
          }`,
      ),
      ...changes(samples, ({ says }) => `${name} reads ${says ? `“${says}”` : 'nothing special'}`),
    ]),
    ...everyone.flatMap(({ name, samples }) =>
      everyone.flatMap((from) =>
        changes(
          samples.filter((sample) => receivedFrom(sample, from.name).width > 0),
          (sample) => `${from.name}'s picture at ${name}: ${receivedFrom(sample, from.name).width} px`,
        ),
      ),
    ),
    { at: endedAt, what: 'the end' },
  ];
  return events
    .sort((a, b) => a.at - b.at)
    .map(({ at, what }) => `${((at - zero) / 1000).toFixed(1).padStart(8)} s  ${what}`);
}

function oneTile([name, peers]: [string, string[]]): string {
  return `${name} (${peers.map((peer) => peer.slice(0, 4)).join(', ')})`;
}

interface Event {
  at: number;
  what: string;
}

/** What it was at first, and each time that it became something else. */
function changes(samples: readonly Sample[], inWords: (sample: Sample) => string): Event[] {
  return samples
    .map((sample): Event => ({ at: sample.at, what: inWords(sample) }))
    .filter(({ what }, i, all) => what !== all[i - 1]?.what);
}
