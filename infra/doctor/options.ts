/** The command line of `npm run doctor`, checked. */
import { parseArgs } from 'node:util';
import { parseRoomCode } from '@vcallpe/shared';
import type { Credentials } from '../load/venue.ts';
import { SetupError } from '../setup/progress.ts';

export const HELP = `npm run doctor -- [options]

Says what is wrong with a deployment, and which setting to change.

  (nothing)              on the server's machine, with the settings of npm start: settings, database, worker, limits;
                         and if VCallPe runs, also what a client on this machine meets
  --https                with the settings of npm start -- --https
  --url https://host     from anywhere: what a client meets there, up to media and TURN
  --room CODE|LINK       enter this room as a guest; without it a room is made and deleted afterwards, with a
                         throw-away account, or with yours from VCALLPE_EMAIL and VCALLPE_PASSWORD
  --json FILE            writes the findings as JSON, too

The exit code is 1 when something is wrong (✗). Remarks (!) leave it at 0.`;

const USAGE = 'See: npm run doctor -- --help';

export interface DoctorOptions {
  help: boolean;
  https: boolean;
  /** Path of a file. */
  json?: string;
  /** Origin; undefined to look at this machine. */
  url?: string;
  /** Code. */
  room?: string;
  credentials?: Credentials;
}

/** @throws {SetupError} */
export function parseOptions(args: string[], env: NodeJS.ProcessEnv): DoctorOptions {
  const { url, room, ...flags } = readFlags(args);
  const origin = url === undefined ? undefined : originOf(url);
  const code = room === undefined ? undefined : parseRoomCode(room);
  if (room !== undefined && code === undefined) {
    throw new SetupError(`${JSON.stringify(room)} is no code of a room and no link to one.`, USAGE);
  }
  const { VCALLPE_EMAIL: email, VCALLPE_PASSWORD: password } = env;
  if (!email !== !password) {
    throw new SetupError('VCALLPE_EMAIL and VCALLPE_PASSWORD belong together.', 'Set both or neither.');
  }
  const credentials = email && password ? { email, password } : undefined;
  return { ...flags, url: origin, room: code, credentials };
}

function readFlags(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', default: false },
        https: { type: 'boolean', default: false },
        json: { type: 'string' },
        url: { type: 'string' },
        room: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

/** A link to any page of the service will do. */
function originOf(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new SetupError(`${JSON.stringify(text)} is not an address such as https://meet.example.org.`, USAGE);
}
