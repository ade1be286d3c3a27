/** The checks, one after the other, each told as it goes. */
import { AppError, type ErrorCode, type IceServer, type JoinGrant } from '@vcallpe/shared';
import { createDevice } from '../../conference/device.ts';
import { t } from '../../i18n/i18n.ts';
import { api } from '../../lib/api/client.ts';
import { describeError } from '../../lib/errors/words.ts';
import { FULL_PROCESSING } from '../../lib/media/device-choice.ts';
import { meterLevel } from '../../lib/media/level-meter.ts';
import { openBoth, type Opened } from '../../lib/media/open-track.ts';
import { enterBeside } from './beside.ts';
import { settle, type Check, type CheckId, type Verdict } from './check.ts';
import { judgeCamera, judgeMicrophone, judgeOpened } from './devices.ts';
import { gatherAll, judgeGathered } from './gathering.ts';
import { judgePath, judgeQuality } from './path.ts';
import { probePath } from './path-probe.ts';
import { firstPicture } from './picture.ts';

/** How long the microphone is listened to, ms: time to say a word. */
const LISTEN_MS = 4_000;

export interface RunOptions {
  /** Code of the meeting that is entered for the test. */
  code: string;
  signal: AbortSignal;
  tell: (check: Check) => void;
  /** The microphone, for as long as it is listened to. */
  onMicrophone: (track: MediaStreamTrack | undefined) => void;
}

/** Resolves when all that can be checked is checked. @throws only the signal's reason */
export async function runChecks({ code, signal, tell, onMicrophone }: RunOptions): Promise<void> {
  const begin = (id: CheckId) => tell({ id, status: 'running', findings: [] });
  /** Runs one check. @returns whether nothing is wrong */
  const check = async (id: CheckId, look: () => Promise<Verdict[]>): Promise<boolean> => {
    begin(id);
    const done = settle(id, await look().catch((error: unknown) => [verdictOn(error)]));
    signal.throwIfAborted();
    tell(done);
    return done.status !== 'wrong';
  };

  if (!(await check('browser', checkBrowser))) return;
  begin('microphone');
  begin('camera');
  const opened = await openBoth({ microphone: undefined, camera: undefined }, FULL_PROCESSING);
  try {
    signal.throwIfAborted();
    await Promise.all([
      check('microphone', () => listen(opened.microphone, onMicrophone)),
      check('camera', () => look(opened.camera)),
    ]);
  } finally {
    for (const { track } of Object.values(opened)) track?.stop();
  }

  const displayName = t('doctor:guest');
  let grant: JoinGrant | undefined;
  const entered = await check('service', async () => {
    const startMs = performance.now();
    grant = await api.joinRoom(code, { displayName });
    const ms = Math.ceil(performance.now() - startMs);
    return [{ status: 'good', says: t('doctor:serviceGood', { room: grant.room.name, ms }) }];
  });
  if (!entered || !grant) return;
  const asGuest = () => api.joinRoom(code, { displayName, asGuest: true });
  await checkMedia(grant, asGuest, signal, tell, check);
}

async function checkMedia(
  granted: JoinGrant,
  asGuest: () => Promise<JoinGrant>,
  signal: AbortSignal,
  tell: (check: Check) => void,
  check: (id: CheckId, look: () => Promise<Verdict[]>) => Promise<boolean>,
): Promise<void> {
  // First the way, because the permission to enter lasts a minute only.
  tell({ id: 'path', status: 'running', findings: [] });
  let pathTold = false;
  const onPath = (path: Parameters<typeof judgePath>[0]) => {
    pathTold = true;
    tell(settle('path', [judgePath(path)]));
    if (path) tell({ id: 'quality', status: 'running', findings: [] });
  };
  try {
    const measured = await enterBeside(granted, asGuest, (grant) => probePath({ grant, signal, onPath }));
    if (measured) tell(settle('quality', [judgeQuality(measured)]));
  } catch (error) {
    signal.throwIfAborted();
    tell(settle(pathTold ? 'quality' : 'path', [verdictOn(error)]));
  }
  await check('relays', () => checkServers(granted.iceServers));
}

async function checkBrowser(): Promise<Verdict[]> {
  await createDevice();
  return [{ status: 'good', says: t('doctor:browserGood') }];
}

const checkServers = async (servers: readonly IceServer[]) => judgeGathered(await gatherAll(servers));

async function listen(
  opened: Opened,
  onMicrophone: (track: MediaStreamTrack | undefined) => void,
): Promise<Verdict[]> {
  const refused = judgeOpened('microphone', opened, navigator.userAgent);
  if (refused || !opened.track) return refused ? [refused] : [];
  let peak = 0;
  const stop = meterLevel(opened.track, (level) => {
    peak = Math.max(peak, level);
  });
  onMicrophone(opened.track);
  await new Promise((resolve) => setTimeout(resolve, LISTEN_MS));
  onMicrophone(undefined);
  stop();
  return [judgeMicrophone(opened.track.label, peak)];
}

async function look(opened: Opened): Promise<Verdict[]> {
  const refused = judgeOpened('camera', opened, navigator.userAgent);
  if (refused || !opened.track) return refused ? [refused] : [];
  return [judgeCamera(opened.track.label, await firstPicture(opened.track))];
}

/** A meeting that keeps the check out says nothing about the connection. */
const CLOSED: ReadonlySet<ErrorCode> = new Set([
  'GUESTS_NOT_ALLOWED',
  'PASSWORD_NEEDED',
  'ADMISSION_NEEDED',
  'ROOM_LOCKED',
  'ROOM_FULL',
  'FORBIDDEN',
  'ALREADY_JOINED',
]);

function verdictOn(error: unknown): Verdict {
  const { title, body } = describeError(error);
  const closed = error instanceof AppError && CLOSED.has(error.code);
  return { status: 'wrong', says: `${title}.`, next: closed ? t('doctor:anotherMeeting') : body };
}
