// `npm run admin`: says which accounts are admins. Only who has this machine can, see docs/decisions/0005-admins.md.
import { connectDatabase, type Database, type UserDoc } from '@vcallpe/shared/db';
import { Email } from '@vcallpe/shared';
import { socketPathOf, uriOf } from '../embedded-mongo/src/index.ts';
import { printFailure, SetupError } from './progress.ts';
import { acceptsConnections } from './readiness.ts';
import { readSettings } from './settings.ts';

const HELP = `npm run admin -- grant <email>    let an account see and change the media server (/admin)
npm run admin -- revoke <email>   take that back, at once
npm run admin -- list             who may

The account must exist: sign in with it first. Run it on the machine and with the settings (DATA_DIR or MONGODB_URI) of
the service, which must be running when it uses the embedded database.`;

const asPerson = ({ displayName, email, createdAt }: UserDoc) =>
  `${displayName} <${email}>, account since ${createdAt.toISOString()}`;

async function databaseUri(): Promise<string> {
  const { mongodbUri, dataDir } = readSettings(process.env);
  if (mongodbUri !== undefined) return mongodbUri;
  const socket = socketPathOf(dataDir);
  if (await acceptsConnections(socket)) return uriOf(socket, 'vcallpe');
  throw new SetupError(
    `VCallPe is not running with its data in ${dataDir}.`,
    'Start it (npm start), or set DATA_DIR or MONGODB_URI to what it runs with, and repeat the command.',
  );
}

async function setAdmin({ users }: Database, text: string, isAdmin: boolean): Promise<string> {
  const email = Email.safeParse(text);
  if (!email.success) {
    throw new SetupError(`${JSON.stringify(text)} is not an email address.`, 'See: npm run admin');
  }
  const user = await users
    .findOneAndUpdate({ email: email.data }, isAdmin ? { $set: { isAdmin } } : { $unset: { isAdmin: 1 } })
    .lean();
  if (!user) {
    throw new SetupError(
      `There is no account with the email address ${email.data}.`,
      'Create it in the browser, and repeat the command once you are signed in with it.',
    );
  }
  return `${asPerson(user)}: ${isAdmin ? 'is an admin now' : 'is no admin any more'}`;
}

async function list({ users }: Database): Promise<string> {
  const admins = await users.find({ isAdmin: true }).sort({ email: 1 }).lean();
  return admins.map(asPerson).join('\n') || 'There is no admin.';
}

/** Undefined when the arguments are not among those of the help. */
function readAct([act, email, ...rest]: string[]): ((database: Database) => Promise<string>) | undefined {
  if (rest.length > 0) return undefined;
  if (act === 'list' && email === undefined) return list;
  if ((act === 'grant' || act === 'revoke') && email !== undefined) {
    return (database) => setAdmin(database, email, act === 'grant');
  }
  return undefined;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const act = readAct(args);
  if (!act) {
    console.log(HELP);
    if (args.length > 0 && args[0] !== '--help') process.exitCode = 1;
    return;
  }
  const database = await connectDatabase(await databaseUri());
  try {
    console.log(await act(database));
  } finally {
    await database.close();
  }
}

await main().catch((error: unknown) => {
  printFailure(error);
  process.exitCode = 1;
});
