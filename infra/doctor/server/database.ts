/** The database: is it there, how fast, may it be written, and what time is it there. */
import { randomUUID } from 'node:crypto';
import { connectDatabase, type Database } from '@vcallpe/shared/db';
import { z } from 'zod';
import { judgeSkew, skewMs, type ClockReading } from '../clock.ts';
import { doubtful, good, reasonOf, wrong, type Finding, type Tell } from '../finding.ts';

const CHECK = 'Database';
const ROUND_TRIPS = 5;
/** Of one round trip, ms; the SFU writes once for each join. */
const SLOW_MS = 100;
/** What was written for the check goes by itself, should removing it fail. */
const KEEP_MS = 60_000;

const Hello = z.object({ localTime: z.date() });
const BuildInfo = z.object({ version: z.string() });

export async function checkDatabase(uri: string, tell: Tell): Promise<void> {
  let database: Database;
  try {
    database = await connectDatabase(uri);
  } catch (error) {
    tell(
      wrong(
        CHECK,
        `The database does not answer: ${withoutPassword(reasonOf(error), uri)}.`,
        'Start it, or correct MONGODB_URI.',
      ),
    );
    return;
  }
  try {
    const admin = database.connection.db?.admin();
    if (!admin) throw new Error('it is not connected');
    const { version } = BuildInfo.parse(await admin.command({ buildInfo: 1 }));
    const readings: ClockReading[] = [];
    for (let i = 0; i < ROUND_TRIPS; i += 1) {
      const askedMs = Date.now();
      const { localTime } = Hello.parse(await admin.command({ hello: 1 }));
      readings.push({ askedMs, answeredMs: Date.now(), theirsMs: localTime.getTime(), resolutionMs: 1 });
    }
    // The quickest tells the way there; the others, that this machine was busy.
    const quickest = readings.reduce((one, other) => (tripMs(other) < tripMs(one) ? other : one));
    tell(judgeLatency(tripMs(quickest), version));
    tell(judgeSkew(skewMs(quickest), 'The database’s clock', 'this machine’s'));
    await write(database);
    tell(good(CHECK, 'The database can be written.'));
  } catch (error) {
    tell(
      wrong(
        CHECK,
        `The database can’t be written: ${reasonOf(error)}.`,
        'Give the user in MONGODB_URI the role readWrite on that database, and see that it is not full.',
      ),
    );
  } finally {
    await database.close();
  }
}

/** As the SFU does when a room token is used. */
async function write({ usedGrants }: Database): Promise<void> {
  const _id = `doctor:${randomUUID()}`;
  await usedGrants.create({ _id, expiresAt: new Date(Date.now() + KEEP_MS) });
  await usedGrants.deleteOne({ _id });
}

const tripMs = ({ askedMs, answeredMs }: ClockReading) => answeredMs - askedMs;

function judgeLatency(ms: number, version: string): Finding {
  const says = `MongoDB ${version} answers in ${Math.max(1, ms)} ms.`;
  return ms < SLOW_MS
    ? good(CHECK, says)
    : doubtful(CHECK, says, 'Joining takes a few of these: run the database nearer to the servers.');
}

/** A driver may quote the address, in which the password is. */
function withoutPassword(text: string, uri: string): string {
  const password = URL.parse(uri)?.password;
  return password ? text.replaceAll(password, '…').replaceAll(decodeURIComponent(password), '…') : text;
}
