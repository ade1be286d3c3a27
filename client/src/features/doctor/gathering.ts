/** ICE servers, one by one: which of them answer this browser, and how fast. */
import type { IceServer } from '@vcallpe/shared';
import { t } from '../../i18n/i18n.ts';
import type { Verdict } from './check.ts';

/** A relay over TLS takes four round trips; browsers give up at about the same time, ms. */
const GIVE_UP_MS = 8_000;
/** The browser's code for a server that it can't reach (W3C webrtc, RTCPeerConnectionIceErrorEvent). */
const UNREACHABLE = 701;
const UNAUTHORIZED = 401;

export interface Gathered {
  url: string;
  /** Until the server gave an address, ms; undefined when it did not. */
  ms?: number;
  /** STUN error code, or 701. */
  errorCode?: number;
}

/** Every address by itself, all at a time. */
export function gatherAll(servers: readonly IceServer[]): Promise<Gathered[]> {
  return Promise.all(
    servers.flatMap((server) => [server.urls].flat().map((url) => gather({ ...server, urls: url }, url))),
  );
}

const isRelay = (url: string) => /^turns?:/i.test(url);

async function gather(server: RTCIceServer, url: string): Promise<Gathered> {
  const wanted = isRelay(url) ? 'relay' : 'srflx';
  const connection = new RTCPeerConnection({
    iceServers: [server],
    iceTransportPolicy: isRelay(url) ? 'relay' : 'all',
  });
  const startMs = performance.now();
  const gathered: Gathered = { url };
  try {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, GIVE_UP_MS);
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.type === wanted) gathered.ms ??= performance.now() - startMs;
        // Without a candidate, gathering has come to its end.
        if (!candidate || candidate.type === wanted) resolve();
      });
      connection.addEventListener('icecandidateerror', ({ errorCode }) => {
        // One for each network interface; a refusal says more than that another interface can't get there.
        if (gathered.errorCode === undefined || errorCode !== UNREACHABLE) gathered.errorCode = errorCode;
      });
      connection.createDataChannel('doctor');
      void connection.setLocalDescription();
    });
  } finally {
    connection.close();
  }
  return gathered;
}

export function judgeGathered(all: readonly Gathered[]): Verdict[] {
  if (!all.some(({ url }) => isRelay(url))) {
    const none: Verdict = {
      status: 'doubtful',
      says: t('doctor:relays.none'),
      next: t('doctor:relays.noneNext'),
    };
    return [...all.map((each) => judge(each, false)), none];
  }
  // The others do what one of them can't.
  const oneRelays = all.some(({ url, ms }) => isRelay(url) && ms !== undefined);
  return all.map((each) => judge(each, oneRelays));
}

function judge({ url, ms, errorCode }: Gathered, oneRelays: boolean): Verdict {
  if (ms !== undefined) return { status: 'good', says: t('doctor:relays.good', { url, ms: Math.ceil(ms) }) };
  if (errorCode === UNAUTHORIZED) {
    const says = t('doctor:relays.unauthorized', { url });
    return { status: 'wrong', says, next: t('doctor:relays.unauthorizedNext') };
  }
  const says =
    errorCode === undefined || errorCode === UNREACHABLE
      ? t('doctor:relays.silent', { url })
      : t('doctor:relays.refused', { url, code: errorCode });
  const next = oneRelays ? t('doctor:relays.another') : t('doctor:relays.onlyOne');
  return { status: isRelay(url) && !oneRelays ? 'wrong' : 'doubtful', says, next };
}
