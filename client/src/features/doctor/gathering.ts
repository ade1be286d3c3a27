/** ICE servers, one by one: which of them answer this browser, and how fast. */
import type { IceServer } from '@vcallpe/shared';
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
      says: 'This VCallPe has no relay (TURN).',
      next: 'In networks that let only web traffic out you may not get into a meeting. Whoever runs it can add one.',
    };
    return [...all.map((each) => judge(each, false)), none];
  }
  // The others do what one of them can't.
  const oneRelays = all.some(({ url, ms }) => isRelay(url) && ms !== undefined);
  return all.map((each) => judge(each, oneRelays));
}

function judge({ url, ms, errorCode }: Gathered, oneRelays: boolean): Verdict {
  if (ms !== undefined) return { status: 'good', says: `${url} answered in ${Math.ceil(ms)} ms.` };
  if (errorCode === UNAUTHORIZED) {
    const next = 'Tell whoever runs this VCallPe: its TURN secret is not the one that the relay has.';
    return { status: 'wrong', says: `${url} refuses the credentials that VCallPe gives out.`, next };
  }
  const how =
    errorCode === undefined || errorCode === UNREACHABLE ? 'did not answer' : `refused (${errorCode})`;
  const next = oneRelays
    ? 'Your network may block this way. Another one works, so it matters little.'
    : 'Your network may block it: try another one. If it fails there too, tell whoever runs this VCallPe.';
  return { status: isRelay(url) && !oneRelays ? 'wrong' : 'doubtful', says: `${url} ${how}.`, next };
}
