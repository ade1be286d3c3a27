/** Aims that could be reached, or missed, for the wrong reason. */
import { describe, expect, it } from '@jest/globals';
import { meeting } from '../../../client/src/i18n/en/meeting.ts';
import type { Row } from '../../bench/table.ts';
import { NOTHING, type Received, type Sample } from '../sample.ts';
import type { Aim, Recording } from '../scenario.ts';
import { audioSurvives, felt } from './media.ts';
import { heldInWords, smallerAndThere } from './picture.ts';
import { oldTileGone, undisturbed } from './tiles.ts';

const ALL: Partial<Received> = { audioPackets: 5, audioEnergy: 0.01, videoFrames: 1, width: 640 };
const DARK: Partial<Received> = { ...ALL, videoFrames: 0, width: 0 };

/** What somebody sees of somebody, ten times a second from 0 on; `changes` from these times on, ms. */
function samplesOf(other: string, forMs: number, changes: Record<number, Seen> = {}): Sample[] {
  let seen: Seen = {};
  return Array.from({ length: forMs / 100 }, (_, i) => {
    seen = { ...seen, ...changes[i * 100] };
    return {
      at: i * 100,
      loadedAt: 0,
      from: { [other]: { ...NOTHING, ...(seen.received ?? ALL) } },
      paths: ['udp'],
      tiles: seen.peer === null ? {} : { [other]: [seen.peer ?? 'one'] },
      marked: [],
      away: [],
      held: seen.held ? { [other]: `B\n${seen.held}\n${other}` } : {},
      ice: [seen.ice ?? 'abcd'],
      says: seen.says ?? '',
    };
  });
}

interface Seen {
  received?: Partial<Received>;
  peer?: string | null;
  held?: string;
  ice?: string;
  says?: string;
}

function recordingOf(stepsAt: number[], mias: Record<number, Seen> = {}, bens: Record<number, Seen> = {}) {
  const mia = { name: 'Mia', samples: samplesOf('Ben', 10_000, mias) };
  const ben = { name: 'Ben', samples: samplesOf('Mia', 10_000, bens) };
  const recording: Recording = {
    joinedAt: 0,
    stepsAt,
    endedAt: 10_000,
    mia,
    ben,
    everyone: [mia, ben],
    repairs: new Map(),
  };
  return (aim: Aim): Row[] => [aim(recording)].flat();
}

describe('undisturbed', () => {
  it('is who notices nothing, also when the other turns off what they send', () => {
    expect(recordingOf([], { 5_000: { received: {} } })(undisturbed)).toMatchObject([{ ok: true }]);
  });

  it('is who reads of something else', () => {
    expect(recordingOf([], { 5_000: { says: 'You are muted.' } })(undisturbed)).toMatchObject([{ ok: true }]);
  });

  it.each([
    ['an ICE restart', { 5_000: { ice: 'efgh' } }],
    ['a word of trouble', { 5_000: { says: meeting.banners.media }, 6_000: { says: '' } }],
    ['somebody new in the place of the other', { 5_000: { peer: 'two' } }],
    ['nothing at all of the other', { 0: { received: {} } }],
  ] as const)('is nobody after %s', (_, bens) => {
    expect(recordingOf([], {}, bens)(undisturbed)).toMatchObject([{ ok: false }]);
  });

  it('does not count what came before media did', () => {
    const early = { 0: { received: {}, ice: 'old' }, 1_000: { ice: 'abcd' }, 2_000: { received: ALL } };
    expect(recordingOf([], {}, early)(undisturbed)).toMatchObject([{ ok: true }]);
  });
});

describe('sound on a line that becomes slow', () => {
  const aim = audioSurvives(0, 2_000, 500);
  const mute = { received: { ...ALL, audioPackets: 0 } };
  const gap = (from: number, to: number) =>
    recordingOf([2_000], { [from]: mute, [to]: { received: ALL } })(aim);

  it('may miss a word as that begins, and nothing later', () => {
    expect(gap(2_500, 2_900)).toMatchObject([{ ok: true }, { ok: true }]);
    expect(gap(2_500, 3_500)).toMatchObject([{ ok: false }, { ok: true }]);
    expect(gap(6_000, 6_500)).toMatchObject([{ ok: true }, { ok: false }]);
  });
});

describe('the picture that is held back', () => {
  const aim = heldInWords(0, 1);

  it('has to say why, in words', () => {
    const measured = recordingOf([2_000, 8_000], { 3_000: { received: DARK, held: meeting.limited } })(aim);
    expect(measured).toMatchObject([{ ok: true }, { ok: true }]);
    const still = recordingOf([2_000, 8_000], { 3_000: { received: DARK, held: meeting.still } })(aim);
    expect(still).toMatchObject([{ ok: true }, { ok: true }]);
    // A mark without its words is not enough.
    expect(recordingOf([2_000, 8_000], { 3_000: { received: DARK, held: '…' } })(aim)).toMatchObject([
      { ok: false, measured: 'nothing' },
      { ok: false },
    ]);
  });

  it('has to say so when the picture stops, and not much later', () => {
    const late = { 3_000: { received: DARK }, 7_500: { held: meeting.limited } };
    expect(recordingOf([2_000, 8_000], late)(aim)).toMatchObject([{ ok: true }, { ok: false, ms: 4_500 }]);
  });
});

describe('the picture of a slow uplink', () => {
  const aim = smallerAndThere(0, 1_000, 1);
  const small = { ...ALL, width: 320 };

  it('has to be smaller, all the time, and there', () => {
    const during = (received: Partial<Received>) =>
      recordingOf([2_000, 8_000], { 2_500: { received }, 8_000: { received: ALL } })(aim);
    expect(during(small)).toMatchObject([{ ok: true }]);
    expect(during(ALL)).toMatchObject([{ ok: false }]);
    expect(during(DARK)).toMatchObject([{ ok: false }]);
    const torn = { 2_500: { received: small }, 4_000: { received: DARK }, 5_500: { received: small } };
    expect(recordingOf([2_000, 8_000], torn)(aim)).toMatchObject([{ ok: false }]);
  });
});

describe('the old tile', () => {
  it('is gone when another peer is in its place, or nobody', () => {
    for (const peer of ['two', null]) {
      expect(recordingOf([5_000], { 5_600: { peer } })(oldTileGone(0, 1_000))).toMatchObject([
        { ok: true, ms: 600 },
      ]);
    }
  });

  it('tells nothing where it was gone before', () => {
    expect(recordingOf([5_000], { 4_000: { peer: null } })(oldTileGone(0, 1_000))).toMatchObject([
      { ok: false, measured: 'never' },
    ]);
  });
});

describe('a fault', () => {
  it('is felt when something stops between its beginning and its end', () => {
    const aim = felt([
      [0, 1],
      [2, 3],
    ]);
    const stops = { 2_100: { received: {} }, 4_000: { received: ALL } };
    expect(recordingOf([2_000, 5_000, 6_000, 9_000], stops)(aim)).toMatchObject([
      { measured: '1 of 2', ok: false },
    ]);
  });
});
