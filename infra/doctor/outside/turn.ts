/** Whether the TURN and STUN servers that a grant names do what they are there for. */
import { randomBytes } from 'node:crypto';
import type { IceServer, TransportOptions } from '@vcallpe/shared';
import { doubtful, good, wrong, type Finding, type Tell } from '../finding.ts';
import type { IceCandidate } from '../ice-check.ts';
import { NoAnswer, openLink, STUN_FRAMING, type NoAnswerReason } from '../link.ts';
import { resolveHost } from '../reach.ts';
import { tryTurn, type Peer, type TurnOutcome } from '../turn-client.ts';
import { ATTRIBUTE, CLASS, encodeTurn, METHOD, parseTurn, readXorAddress } from '../turn-message.ts';
import { readIceServers, type StunServer, type TurnServer } from '../turn-url.ts';
import { isIPv4 } from 'node:net';

const TURN = 'TURN';
const STUN = 'STUN';

/** Each server by itself, all at a time. */
export async function checkIceServers(
  servers: readonly IceServer[],
  candidates: readonly IceCandidate[],
  iceParameters: TransportOptions['iceParameters'],
  tell: Tell,
): Promise<void> {
  const { turn, stun, unreadable } = readIceServers(servers);
  for (const url of unreadable) {
    tell(
      wrong(
        TURN,
        `${url} is not the address of an ICE server.`,
        'Correct it in ICE_SERVERS: turn:host:port?transport=udp.',
      ),
    );
  }
  if (turn.length === 0) {
    tell(
      doubtful(
        TURN,
        'No TURN server is set: people in networks that let only web traffic out can’t take part.',
        'Name one in TURN_SERVERS, or let npm start run one with TURN=local: docs/operating.md.',
      ),
    );
  }
  const peers = await relayPeers(candidates);
  await Promise.all([
    ...turn.map(async (server) =>
      tell(judgeTurn(server, await tryTurn(server, peers, iceParameters), Date.now())),
    ),
    ...stun.map(async (server) => tell(await checkStun(server))),
  ]);
}

/** Where a relay is to send media: the UDP candidates, of IPv4, because that is what it allocates. */
async function relayPeers(candidates: readonly IceCandidate[]): Promise<Peer[]> {
  const udp = candidates.filter(({ protocol }) => protocol === 'udp');
  const found = await Promise.all(
    udp.map(async ({ address, port }) => {
      const { addresses } = await resolveHost(address);
      return addresses.filter(isIPv4).map((ip) => ({ address: ip, port }));
    }),
  );
  return found.flat();
}

export function judgeTurn(server: TurnServer, outcome: TurnOutcome, nowMs: number): Finding {
  const { url } = server;
  switch (outcome.kind) {
    case 'works':
      return good(
        TURN,
        `${url} relays to the media server at ${text(outcome.peer)} (${Math.ceil(outcome.ms)} ms).`,
      );
    case 'relays':
      return good(TURN, `${url} takes the credentials; it could not be tried on the media server.`);
    case 'unreachable':
      return judgeUnreachable(server, outcome.reason, outcome.detail);
    case 'unauthorized':
      return judgeUnauthorized(server, nowMs);
    case 'refused':
      return wrong(
        TURN,
        `${url} refuses to relay: ${outcome.code} ${outcome.reason}.`,
        outcome.code === 486 || outcome.code === 508
          ? 'Raise its quotas (user-quota, total-quota, max-bps) or the range of its relay ports.'
          : 'Look into the log of the TURN server.',
      );
    case 'denied':
      return wrong(
        TURN,
        `${url} works, but may not send to the media server at ${outcome.peers.map(text).join(', ')} (403).`,
        'In turnserver.conf, allow that address (allowed-peer-ip) or take it out of denied-peer-ip.',
      );
    case 'deaf':
      return wrong(
        TURN,
        `${url} works, but from its relay at ${outcome.relay} nothing comes back from the media server at ${outcome.peers.map(text).join(', ')}.`,
        'Open the media server’s UDP ports to the TURN server, and the TURN server’s relay ports (min-port to max-port) to the media server.',
      );
  }
}

function judgeUnreachable({ url, carrier, host, port }: TurnServer, reason: NoAnswerReason, detail: string) {
  const open = `Is turnserver running there? If so, open ${carrier === 'udp' ? 'UDP' : 'TCP'} port ${port} to it.`;
  switch (reason) {
    case 'unknownName':
      return wrong(
        TURN,
        `${url} can’t be reached: there is no host ${host}.`,
        'Correct the name in TURN_SERVERS.',
      );
    case 'certificate':
      return wrong(
        TURN,
        `${url} has a certificate that clients don’t trust: ${detail}.`,
        `Give turnserver (cert, pkey) a valid certificate for ${host}.`,
      );
    case 'refused':
      return wrong(TURN, `${url} can’t be reached: nobody listens there.`, open);
    default:
      return wrong(TURN, `${url} can’t be reached: ${detail}.`, open);
  }
}

/** Credentials of the TURN REST API begin with the second at which they expire: `1700000000:user`. */
function judgeUnauthorized({ url, username }: TurnServer, nowMs: number): Finding {
  const [, seconds] = /^(\d{9,11})(?::|$)/.exec(username) ?? [];
  if (seconds !== undefined && Number(seconds) * 1000 < nowMs) {
    return wrong(
      TURN,
      `${url} refuses the credentials that the API has just made: they have expired already.`,
      'Set the clock of the API’s machine (NTP).',
    );
  }
  return wrong(
    TURN,
    `${url} does not take the credentials that the API gives out (401).`,
    seconds === undefined
      ? 'Give ICE_SERVERS the username and credential that the TURN server knows, or use TURN_SERVERS.'
      : 'Set the secret in TURN_SERVERS to turnserver’s static-auth-secret; if they are the same, set the TURN server’s clock (NTP).',
  );
}

async function checkStun({ url, host, port }: StunServer): Promise<Finding> {
  try {
    const link = await openLink('udp', host, port, STUN_FRAMING);
    try {
      const transactionId = randomBytes(12);
      const request = encodeTurn(METHOD.binding + CLASS.request, [], { transactionId });
      const mapped = await link.ask(request, (packet) => {
        const answer = parseTurn(packet);
        if (!answer?.transactionId.equals(transactionId)) return undefined;
        return readXorAddress(answer.attributes.get(ATTRIBUTE.xorMappedAddress)) ?? 'an address';
      });
      return good(STUN, `${url} answers; it sees this machine as ${mapped}.`);
    } finally {
      link.close();
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return doubtful(
      STUN,
      `${url} does not answer (${error.message}).`,
      'Correct it in ICE_SERVERS or take it out: it only makes connecting slower.',
    );
  }
}

const text = ({ address, port }: Peer) => `${address}:${port}`;
