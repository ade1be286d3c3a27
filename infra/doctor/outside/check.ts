/** The deployment as somebody who opens it meets it: page, sign-in, signaling, media, relays. */
import { AppError, PROTOCOL_VERSION, type JoinGrant } from '@vcallpe/shared';
import { openVenue, type Credentials } from '../../load/venue.ts';
import { judgeClientVersion } from '../client-build.ts';
import { judgeSkew, skewMs, type ClockReading } from '../clock.ts';
import { examine, good, wrong, type Tell } from '../finding.ts';
import { askCandidate } from '../ice-check.ts';
import { resolveHost } from '../reach.ts';
import { judgeAnnounced, judgePorts, usable } from './candidates.ts';
import { askReadiness, checkShownCertificate, servedProtocolVersion } from './site.ts';
import { checkIceServers } from './turn.ts';
import { judgeRefusal, serverVersionOf, visit, type Visit } from './visit.ts';
import { judgeUpgrade, tryUpgrade } from './web-socket.ts';

export interface OutsideOptions {
  /** Origin of the page. */
  url: string;
  /** Code of a room that exists; without it one is made, and deleted afterwards. */
  room?: string;
  /** An account that exists; without it a guest, or a throw-away account for a room of our own. */
  credentials?: Credentials;
  signal: AbortSignal;
}

/** Tells what it finds, in the order in which a client would come across it. */
export async function checkFromOutside(options: OutsideOptions, tell: Tell): Promise<void> {
  const { url } = options;
  await tellCertificate(url, tell);
  const api = await askReadiness(url, 'API', 'the address');
  tell(api.finding);
  if (api.clock) tell(judgeSkew(skewMs(api.clock), 'The API’s clock', 'this machine’s'));
  if (!api.usable) return;
  await withGrant(options, tell, (grant) => followGrant(grant, url, api.clock, tell));
}

async function tellCertificate(origin: string, tell: Tell): Promise<void> {
  for (const finding of await checkShownCertificate(origin)) tell(finding);
}

async function withGrant(
  { url, room, credentials, signal }: OutsideOptions,
  tell: Tell,
  work: (grant: JoinGrant) => Promise<void>,
): Promise<void> {
  const check = 'Sign-in';
  let grant: JoinGrant;
  let venue: Awaited<ReturnType<typeof openVenue>> | undefined;
  try {
    venue = await openVenue({
      url,
      room,
      credentials,
      participants: 2,
      onRateLimit: () => undefined,
      signal,
    });
    ({ grant } = await venue.admit('Doctor'));
  } catch (error) {
    await venue?.close();
    if (!(error instanceof AppError)) throw error;
    tell(wrong(check, `The API gives no way into a room: ${error.message}.`, remedyFor(error)));
    return;
  }
  try {
    tell(good(check, `The API lets one into ${room === undefined ? 'a room' : `the room ${room}`}.`));
    await work(grant);
  } finally {
    await venue.close();
  }
}

function remedyFor({ code }: AppError): string {
  switch (code) {
    case 'ROOM_NOT_FOUND':
      return 'Give the code of a room that exists with --room.';
    case 'GUESTS_NOT_ALLOWED':
      return 'Set VCALLPE_EMAIL and VCALLPE_PASSWORD to an account, or give a room for guests.';
    case 'INVALID_CREDENTIALS':
      return 'Correct VCALLPE_EMAIL and VCALLPE_PASSWORD.';
    default:
      return 'Look into the log of the API.';
  }
}

async function followGrant(
  grant: JoinGrant,
  url: string,
  apiClock: ClockReading | undefined,
  tell: Tell,
): Promise<void> {
  const { sfuUrl } = grant;
  const sfu = new URL(sfuUrl).origin;
  if (url.startsWith('https:') && !sfu.startsWith('https:')) {
    const says = `The page is served over TLS, and sends people to ${sfu}: browsers refuse that.`;
    tell(wrong('Media server', says, 'Set SFU_URL to an https address of the media server.'));
  }
  if (sfu !== url) {
    await tellCertificate(sfu, tell);
    const { finding, clock } = await askReadiness(sfu, 'media server', 'SFU_URL');
    tell(finding);
    if (clock && apiClock) {
      // Both against this machine, so that they are compared though they were asked one after the other.
      tell(judgeSkew(skewMs(clock) - skewMs(apiClock), 'The media server’s clock', 'the API’s'));
    }
  }
  const upgrade = await tryUpgrade(sfuUrl, url);
  tell(judgeUpgrade(upgrade, sfu, url));
  if (upgrade.kind === 'failed') return;

  let visited: Visit;
  try {
    visited = await visit(grant);
  } catch (error) {
    const server = serverVersionOf(error);
    if (server !== undefined) tell(judgeClientVersion(await servedVersion(url), server, url));
    tell(judgeRefusal(error));
    return;
  }
  try {
    tell(judgeClientVersion(await servedVersion(url), PROTOCOL_VERSION, url));
    await examine('Media', tell, () => checkMedia(grant, visited, url, tell));
  } finally {
    await visited.leave();
  }
}

const servedVersion = (url: string) => servedProtocolVersion(url).catch(() => undefined);

async function checkMedia(
  { iceServers }: JoinGrant,
  { transport }: Visit,
  url: string,
  tell: Tell,
): Promise<void> {
  const { iceCandidates, iceParameters } = transport;
  const page = await resolveHost(new URL(url).hostname);
  const hosts = await Promise.all(
    [...new Set(iceCandidates.map(({ address }) => address))].map((address) => resolveHost(address)),
  );
  tell(judgeAnnounced(hosts, page));
  const candidates = usable(iceCandidates, hosts, page);
  const answers = await Promise.all(candidates.map((each) => askCandidate(each, iceParameters)));
  for (const finding of judgePorts(answers)) tell(finding);
  await checkIceServers(iceServers, candidates, iceParameters, tell);
}
