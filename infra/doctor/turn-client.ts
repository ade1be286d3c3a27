/**
 * A TURN client that is there to find out: does the server answer, does it take the credentials, and does its relay reach
 * the media server? It gives its allocation back.
 */
import { randomBytes } from 'node:crypto';
import type { TransportOptions } from '@vcallpe/shared';
import { iceQuestion } from './ice-check.ts';
import { NoAnswer, openLink, STUN_FRAMING, type Link, type NoAnswerReason } from './link.ts';
import {
  ATTRIBUTE,
  CLASS,
  encodeTurn,
  errorOf,
  longTermKey,
  METHOD,
  parseTurn,
  readXorAddress,
  xorAddress,
  type Attribute,
  type TurnMessage,
} from './turn-message.ts';
import type { TurnServer } from './turn-url.ts';

/** The protocol number of UDP, in REQUESTED-TRANSPORT. */
const UDP = Buffer.from([17, 0, 0, 0]);
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const STALE_NONCE = 438;
/** The server may change its nonce at any time; more often than this in a row it does not mean it. */
const NONCES = 3;

/** Where the relay should reach the media server: IPv4 addresses of UDP candidates. */
export interface Peer {
  address: string;
  port: number;
}

export type TurnOutcome =
  | { kind: 'works'; ms: number; relay: string; peer: Peer }
  | { kind: 'unreachable'; reason: NoAnswerReason; detail: string }
  /** The server wants credentials, and does not take these. */
  | { kind: 'unauthorized' }
  | { kind: 'refused'; code: number; reason: string }
  /** The server may not send to any of the media server's addresses. */
  | { kind: 'denied'; peers: Peer[] }
  /** It may, and nothing comes back. */
  | { kind: 'deaf'; relay: string; peers: Peer[] }
  /** It relays, but there is no media server that it could be asked to reach. */
  | { kind: 'relays'; ms: number; relay: string };

class Refused extends Error {
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** Never throws for what the server does. */
export async function tryTurn(
  server: TurnServer,
  peers: readonly Peer[],
  iceParameters: TransportOptions['iceParameters'],
): Promise<TurnOutcome> {
  const startMs = performance.now();
  let link: Link | undefined;
  try {
    link = await openLink(server.carrier, server.host, server.port, STUN_FRAMING);
    const session = new TurnSession(link, server.username, server.credential);
    const allocated = await session.request(METHOD.allocate, [[ATTRIBUTE.requestedTransport, UDP]]);
    const relay = readXorAddress(allocated.attributes.get(ATTRIBUTE.xorRelayedAddress)) ?? 'an address';
    try {
      const peer = await findReachable(session, peers, iceParameters);
      const ms = performance.now() - startMs;
      if (peer === 'none') return { kind: 'relays', ms, relay };
      if (peer === 'denied') return { kind: 'denied', peers: [...peers] };
      if (peer === 'deaf') return { kind: 'deaf', relay, peers: [...peers] };
      return { kind: 'works', ms, relay, peer };
    } finally {
      const lifetime: Attribute = [ATTRIBUTE.lifetime, Buffer.alloc(4)];
      await session.request(METHOD.refresh, [lifetime]).catch(() => undefined);
    }
  } catch (error) {
    if (error instanceof NoAnswer)
      return { kind: 'unreachable', reason: error.reason, detail: error.message };
    if (!(error instanceof Refused)) throw error;
    return error.code === UNAUTHORIZED
      ? { kind: 'unauthorized' }
      : { kind: 'refused', code: error.code, reason: error.message };
  } finally {
    link?.close();
  }
}

/** The first peer that answers through the relay. */
async function findReachable(
  session: TurnSession,
  peers: readonly Peer[],
  iceParameters: TransportOptions['iceParameters'],
): Promise<Peer | 'none' | 'denied' | 'deaf'> {
  let permitted = 0;
  for (const peer of peers) {
    try {
      await session.request(METHOD.createPermission, [
        xorAddress(ATTRIBUTE.xorPeerAddress, peer.address, peer.port),
      ]);
    } catch (error) {
      if (error instanceof Refused && error.code === FORBIDDEN) continue;
      throw error;
    }
    permitted += 1;
    const { packet, isAnswer } = iceQuestion(iceParameters);
    const answered = session.askThrough(peer, packet, isAnswer).catch((error: unknown) => {
      if (error instanceof NoAnswer && error.reason === 'silent') return undefined;
      throw error;
    });
    if (await answered) return peer;
  }
  if (peers.length === 0) return 'none';
  return permitted === 0 ? 'denied' : 'deaf';
}

/** Requests in the name of one long-term credential. */
class TurnSession {
  readonly #link: Link;
  readonly #username: string;
  readonly #credential: string;
  #realm = '';
  #nonce: Buffer | undefined;

  constructor(link: Link, username: string, credential: string) {
    this.#link = link;
    this.#username = username;
    this.#credential = credential;
  }

  /**
   * The first request is not signed: the refusal brings the realm and the nonce that signing needs.
   *
   * @throws {NoAnswer} @throws {Refused} with the server's code
   */
  async request(method: number, attributes: readonly Attribute[]): Promise<TurnMessage> {
    for (let nonces = 0; ; nonces += 1) {
      const signed = this.#nonce !== undefined;
      const answer = await this.#ask(method, attributes);
      if (answer.type === method + CLASS.success) return answer;
      const { code, reason } = errorOf(answer) ?? { code: 0, reason: 'an answer that is no TURN' };
      const mayRepeat = (code === UNAUTHORIZED && !signed) || (code === STALE_NONCE && nonces < NONCES);
      const nonce = answer.attributes.get(ATTRIBUTE.nonce);
      if (!mayRepeat || !nonce) throw new Refused(code, reason);
      this.#nonce = nonce;
      this.#realm = answer.attributes.get(ATTRIBUTE.realm)?.toString() ?? this.#realm;
    }
  }

  /** Sends a packet to the peer through the relay, until `isAnswer` knows what comes back. @throws {NoAnswer} */
  askThrough(peer: Peer, packet: Buffer, isAnswer: (packet: Buffer) => true | undefined): Promise<true> {
    const indication = encodeTurn(METHOD.send + CLASS.indication, [
      xorAddress(ATTRIBUTE.xorPeerAddress, peer.address, peer.port),
      [ATTRIBUTE.data, packet],
    ]);
    return this.#link.ask(indication, (received) => {
      const message = parseTurn(received);
      if (message?.type !== METHOD.data + CLASS.indication) return undefined;
      const data = message.attributes.get(ATTRIBUTE.data);
      return data && isAnswer(data);
    });
  }

  #ask(method: number, attributes: readonly Attribute[]): Promise<TurnMessage> {
    const transactionId = randomBytes(12);
    const credential: Attribute[] = this.#nonce
      ? [
          [ATTRIBUTE.username, this.#username],
          [ATTRIBUTE.realm, this.#realm],
          [ATTRIBUTE.nonce, this.#nonce],
        ]
      : [];
    const key = this.#nonce && longTermKey(this.#username, this.#realm, this.#credential);
    const packet = encodeTurn(method + CLASS.request, [...attributes, ...credential], { transactionId, key });
    return this.#link.ask(packet, (received) => {
      const message = parseTurn(received);
      return message?.transactionId.equals(transactionId) ? message : undefined;
    });
  }
}
