/** The command line of `npm run load`, checked. */
import { parseArgs } from 'node:util';
import { LIMITS, parseRoomCode } from '@vcallpe/shared';
import type { BandwidthEstimation } from './media/subscriber.ts';
import type { Credentials } from './venue.ts';
import { GENERATOR_LIMITS, type Limits } from './verdict.ts';
import { VIDEO_HEIGHTS, type VideoHeight } from './video.ts';

export const HELP = `npm run load -- [options]

Loads a VCallPe service with headless participants: real sign-in, real signaling, real encrypted media.

where
  --url https://host     the service; without it one is started on this machine for the run
  --room CODE|LINK       a room that exists; without it one is made, and deleted afterwards
who
  --participants N       how many (10)
  --publishers N         of them send a camera and a microphone (all but the viewers)
  --viewers N            of them only look (0)
  --speakers N           of the publishers speak, the others are silent (3); no more than the server forwards at once
  --ramp SECONDS         in which they come (a tenth of a second each)
  --churn N              joins per minute while measuring; for each, somebody leaves (0)
what
  --video HEIGHT         ${VIDEO_HEIGHTS.map((height) => `${height}p`).join(', ')} or off (720p)
  --simulcast on|off     (on)
  --page N               tiles that each one looks at (9)
  --bwe twcc|remb|none   how receivers tell the server their bandwidth (twcc)
measuring
  --duration SECONDS     once all have come and all tracks flow (30)
  --max-loss PERCENT     of packets that never came, though asked for again (0.1)
  --max-freezes N        of all videos together (0)
  --json FILE            the whole report

VCALLPE_EMAIL and VCALLPE_PASSWORD name an account. Without them a room of our own is made by a throw-away account, and
a given room is entered without one. All participants are guests either way: an account is in a room once.

exit code: 0 all well, 1 something was missing or beyond a limit, 2 wrong options, 3 this machine was too slow to tell`;

export interface LoadOptions {
  /** Origin of the service; undefined to start one. */
  url: string | undefined;
  room: string | undefined;
  credentials: Credentials | undefined;
  participants: number;
  publishers: number;
  speakers: number;
  /** Undefined for no video. */
  video: VideoHeight | undefined;
  simulcast: boolean;
  page: number;
  durationMs: number;
  rampMs: number;
  churnPerMinute: number;
  bandwidthEstimation: BandwidthEstimation;
  limits: Limits;
  json: string | undefined;
}

/** An option that can't be used. The message says which, and what would fit. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  url: TEXT,
  room: TEXT,
  participants: TEXT,
  publishers: TEXT,
  viewers: TEXT,
  speakers: TEXT,
  ramp: TEXT,
  churn: TEXT,
  video: TEXT,
  simulcast: TEXT,
  page: TEXT,
  bwe: TEXT,
  duration: TEXT,
  'max-loss': TEXT,
  'max-freezes': TEXT,
  json: TEXT,
  help: { type: 'boolean' },
} as const;

type Values = { [Name in keyof typeof OPTIONS]?: string | boolean };

const MAX_PARTICIPANTS = LIMITS.participantsPerRoom;
const DAY_S = 86_400;
const DEFAULT_JOINS_PER_SECOND = 10;
const DEFAULT_SPEAKERS = 3;

/** @throws UsageError */
export function parseOptions(args: string[], environment: NodeJS.ProcessEnv): LoadOptions | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const whole = (name: keyof Values, least: number, most: number) =>
    number(values, name, { least, most, whole: true });
  const real = (name: keyof Values, least: number, most: number) => number(values, name, { least, most });

  const { participants, publishers } = people(
    whole('participants', 2, MAX_PARTICIPANTS),
    whole('publishers', 0, MAX_PARTICIPANTS),
    whole('viewers', 0, MAX_PARTICIPANTS),
  );
  const speakers = whole('speakers', 0, MAX_PARTICIPANTS) ?? Math.min(DEFAULT_SPEAKERS, publishers);
  if (speakers > publishers) {
    throw new UsageError(`--speakers is ${speakers}, but only ${publishers} publish: give no more than that`);
  }
  return {
    ...place(values),
    credentials: credentials(environment),
    participants,
    publishers,
    speakers,
    video: videoHeight(values),
    simulcast: oneOf(values, 'simulcast', ['on', 'off'], 'on') === 'on',
    page: whole('page', 0, LIMITS.tilesPerView) ?? 9,
    durationMs: (real('duration', 1, DAY_S) ?? 30) * 1000,
    rampMs: (real('ramp', 0, DAY_S) ?? participants / DEFAULT_JOINS_PER_SECOND) * 1000,
    churnPerMinute: real('churn', 0, 6_000) ?? 0,
    bandwidthEstimation: oneOf(values, 'bwe', ['twcc', 'remb', 'none'], 'twcc'),
    limits: {
      lossPercent: real('max-loss', 0, 100) ?? 0.1,
      freezes: whole('max-freezes', 0, Number.MAX_SAFE_INTEGER) ?? 0,
      generator: GENERATOR_LIMITS,
    },
    json: text(values, 'json'),
  };
}

function parse(args: string[]): Values {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    // Node's own words name the option, and go on about positional arguments.
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UsageError(message, { cause: error });
  }
}

function text(values: Values, name: keyof Values): string | undefined {
  const value = values[name];
  if (value === '') throw new UsageError(`--${name} is empty`);
  return typeof value === 'string' ? value : undefined;
}

interface Range {
  least: number;
  most: number;
  whole?: boolean;
}

function number(
  values: Values,
  name: keyof Values,
  { least, most, whole = false }: Range,
): number | undefined {
  const given = text(values, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  const fits = /^\d+(\.\d+)?$/.test(given) && value >= least && value <= most;
  if (fits && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'a whole number' : 'a number';
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new UsageError(`--${name} is ${JSON.stringify(given)} and must be ${kind} ${range}`);
}

function oneOf<T extends string>(values: Values, name: keyof Values, choices: readonly T[], otherwise: T): T {
  const given = text(values, name);
  if (given === undefined) return otherwise;
  const choice = choices.find((each) => each === given);
  if (choice === undefined) {
    throw new UsageError(`--${name} is ${JSON.stringify(given)} and must be ${choices.join(', ')}`);
  }
  return choice;
}

function videoHeight(values: Values): VideoHeight | undefined {
  const heights = VIDEO_HEIGHTS.map((height) => `${height}p` as const);
  const choice = oneOf(values, 'video', ['off', ...heights], '720p');
  return VIDEO_HEIGHTS.find((height) => `${height}p` === choice);
}

/** How many come, and how many of them send; any of the three follows from the others. */
function people(participants?: number, publishers?: number, viewers?: number) {
  const total = participants ?? (publishers === undefined && viewers === undefined ? 10 : undefined);
  const sending = publishers ?? (total === undefined ? 0 : total - (viewers ?? 0));
  const all = total ?? sending + (viewers ?? 0);
  if (
    sending < 0 ||
    sending > all ||
    (publishers !== undefined && viewers !== undefined && sending + viewers !== all)
  ) {
    const parts = [
      publishers !== undefined && `--publishers ${publishers}`,
      viewers !== undefined && `--viewers ${viewers}`,
    ].filter(Boolean);
    throw new UsageError(`${parts.join(' and ')} do not fit --participants ${all}`);
  }
  if (all < 2 || all > MAX_PARTICIPANTS) {
    throw new UsageError(`These are ${all} participants, and there must be 2 to ${MAX_PARTICIPANTS}`);
  }
  return { participants: all, publishers: sending };
}

function place(values: Values): Pick<LoadOptions, 'url' | 'room'> {
  const given = { url: text(values, 'url'), room: text(values, 'room') };
  const room = given.room === undefined ? undefined : parseRoomCode(given.room);
  if (given.room !== undefined && room === undefined) {
    throw new UsageError(
      `--room is ${JSON.stringify(given.room)}, and there is no room code such as tam-rilo-bek in it`,
    );
  }
  if (given.url !== undefined && originOf(given.url) === undefined) {
    throw new UsageError(
      `--url is ${JSON.stringify(given.url)} and must be an address such as https://meet.example.com`,
    );
  }
  // The link to a room says where it is.
  const url = originOf(given.url ?? given.room ?? '');
  if (room !== undefined && url === undefined) {
    throw new UsageError(`--room ${room} is somewhere: give its link, or --url as well`);
  }
  return { url, room };
}

function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

function credentials({
  VCALLPE_EMAIL: email,
  VCALLPE_PASSWORD: password,
}: NodeJS.ProcessEnv): Credentials | undefined {
  if (email && password) return { email, password };
  if (email || password)
    throw new UsageError('VCALLPE_EMAIL and VCALLPE_PASSWORD belong together: set both or neither');
  return undefined;
}
