/** Aims about people: who is seen, as whom, and what is said about it. */
import { meeting } from '../../../client/src/i18n/en/meeting.ts';
import { allFlows, firstAfter } from '../flow.ts';
import type { Sample } from '../sample.ts';
import type { Aim } from '../scenario.ts';
import { row, stepAt } from './row.ts';

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

/** Ben can read what is going on, and it is gone in the end, or before the step at which something else begins. */
export function saidInWords(step: number, before?: number): Aim {
  return (recording) => {
    const since = stepAt(recording, step);
    const until = before === undefined ? Infinity : stepAt(recording, before);
    const samples = recording.ben.samples.filter(({ at }) => at >= since && at < until);
    const said = new Set(samples.flatMap(({ says }) => says || []));
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

/** Until Mia no longer sees the Ben of before, from the moment at which the new one clicks on Join. */
export function oldTileGone(step: number, withinMs: number): Aim {
  return (recording) => {
    const since = stepAt(recording, step);
    const { mia, ben } = recording;
    const seen = mia.samples.map(({ at, tiles }) => ({ at, peers: tiles[ben.name] ?? [] }));
    const [old] = seen.findLast(({ at }) => at <= since)?.peers ?? [];
    const gone = seen.find(({ at, peers }) => at > since && old !== undefined && !peers.includes(old));
    return row('old tile gone, from the click', withinMs, gone && gone.at - since);
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

const { lost, away, signaling, media } = meeting.banners;
/** What is said of the connection; other words are about other things, such as that one speaks and is muted. */
const TROUBLE: readonly string[] = [lost, away, signaling, media];

/** Nobody notices anything: no ICE restart, no new transport, no word of a lost connection, and the same tiles all along. */
export const undisturbed: Aim = (recording) => {
  const { everyone, joinedAt } = recording;
  const connectedAt = Math.max(
    ...allFlows(recording).map((flow) => firstAfter(flow, joinedAt) ?? Infinity),
    joinedAt,
  );
  const troubles = everyone.flatMap(({ name, samples }) => {
    const seen = samples.filter(({ at }) => at >= connectedAt);
    const ice = new Set(seen.map((sample) => sample.ice.join()));
    const tiles = new Set(seen.map((sample) => JSON.stringify(sample.tiles)));
    const words = new Set(seen.flatMap(({ says }) => (TROUBLE.includes(says) ? says : [])));
    const away = seen.some((sample) => sample.away.length > 0);
    return [
      ...(seen.length === 0 ? ['was not connected'] : []),
      ...(ice.size > 1 ? [`had new ICE ${ice.size - 1} times`] : []),
      ...(tiles.size > 1 ? ['saw other tiles'] : []),
      ...(away ? ['saw somebody reconnect'] : []),
      ...[...words].map((text) => `read “${text}”`),
    ].map((trouble) => `${name} ${trouble}`);
  });
  return {
    what: 'disturbed',
    aim: 'nobody',
    measured: troubles.join('; ') || 'nobody',
    ok: troubles.length === 0,
  };
};
