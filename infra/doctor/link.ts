/** A connection that carries STUN packets over UDP, TCP or TLS, and questions that are answered or fail with a reason. */
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { EventEmitter } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export type Carrier = 'udp' | 'tcp' | 'tls';

/** When a request over UDP is sent again, ms; RFC 8489 section 6.2.1, cut short. */
const SEND_AT_MS = [0, 500, 1_500];
/** How long a connection or an answer may take, ms. */
const GIVE_UP_MS = 3_000;

/**
 * `silent`: packets vanish, as in a firewall. `refused`: the host is there, and nobody listens. `unknownName`: no such host.
 * `certificate`: TLS does not trust it. `failed`: anything else.
 */
export type NoAnswerReason = 'silent' | 'refused' | 'unknownName' | 'certificate' | 'failed';

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: NoAnswerReason;

  constructor(reason: NoAnswerReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** How long each packet in a stream of bytes is, by its beginning; undefined while too little of it is there. */
export interface Framing {
  frame(packet: Buffer): Buffer;
  next(bytes: Buffer): { packet: Buffer; rest: Buffer } | undefined;
}

/** ICE over TCP: each packet has its length before it (RFC 4571). */
export const LENGTH_FRAMING: Framing = {
  frame(packet) {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length);
    return Buffer.concat([length, packet]);
  },
  next: (bytes) => cut(bytes, 2, (head) => 2 + head.readUInt16BE(0), 2),
};

/** STUN and TURN over TCP: the message says its own length (RFC 8489 section 6.2.2). */
export const STUN_FRAMING: Framing = {
  frame: (packet) => packet,
  next: (bytes) => cut(bytes, 20, (head) => 20 + head.readUInt16BE(2), 0),
};

function cut(bytes: Buffer, header: number, lengthOf: (head: Buffer) => number, skip: number) {
  if (bytes.length < header) return undefined;
  const length = lengthOf(bytes);
  return bytes.length < length
    ? undefined
    : { packet: bytes.subarray(skip, length), rest: bytes.subarray(length) };
}

export class Link extends EventEmitter<{ packet: [Buffer]; failed: [NoAnswer] }> {
  readonly send: (packet: Buffer) => void;
  readonly close: () => void;
  readonly #sendAtMs: readonly number[];
  #failure: NoAnswer | undefined;

  constructor(carrier: Carrier, send: (packet: Buffer) => void, close: () => void) {
    super();
    this.send = send;
    this.close = close;
    this.#sendAtMs = carrier === 'udp' ? SEND_AT_MS : [0];
  }

  fail(error: NoAnswer): void {
    this.#failure ??= error;
    this.emit('failed', error);
  }

  /**
   * Sends a packet, again if need be, until `take` makes something of an answer.
   *
   * @throws {NoAnswer}
   */
  ask<T>(packet: Buffer, take: (answer: Buffer) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timers = this.#sendAtMs.map((ms) => setTimeout(() => this.send(packet), ms));
      const onFailed = (error: NoAnswer) => finish(() => reject(error));
      const onPacket = (answer: Buffer) => {
        const taken = take(answer);
        if (taken !== undefined) finish(() => resolve(taken));
      };
      const finish = (settle: () => void) => {
        for (const timer of timers) clearTimeout(timer);
        this.off('packet', onPacket).off('failed', onFailed);
        settle();
      };
      timers.push(setTimeout(() => onFailed(new NoAnswer('silent', 'no answer')), GIVE_UP_MS));
      this.on('packet', onPacket).on('failed', onFailed);
      if (this.#failure) onFailed(this.#failure);
    });
  }
}

/** @throws {NoAnswer} when it can't be connected; over UDP that shows only with the first question */
export async function openLink(
  carrier: Carrier,
  host: string,
  port: number,
  framing: Framing,
): Promise<Link> {
  const { address, family } = await lookup(host).catch((error: unknown) => {
    throw toNoAnswer(error);
  });
  return carrier === 'udp'
    ? openUdp(address, port, family === 6 ? 'udp6' : 'udp4')
    : openStream(carrier, host, address, port, framing);
}

async function openUdp(address: string, port: number, type: 'udp4' | 'udp6'): Promise<Link> {
  const socket = createSocket(type);
  const link = new Link(
    'udp',
    (packet) => socket.send(packet),
    () => socket.close(),
  );
  socket.on('message', (packet) => link.emit('packet', packet));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error) => reject(toNoAnswer(error)));
    socket.connect(port, address, resolve);
  });
  // On a connected socket the kernel tells what ICMP said: nobody listens there, or there is no way.
  socket.removeAllListeners('error').on('error', (error) => link.fail(toNoAnswer(error)));
  return link;
}

function openStream(
  carrier: 'tcp' | 'tls',
  host: string,
  address: string,
  port: number,
  framing: Framing,
): Promise<Link> {
  const socket: Socket =
    carrier === 'tls'
      ? connectTls({ host: address, port, servername: isIP(host) ? undefined : host })
      : connectTcp({ host: address, port });
  const link = new Link(
    carrier,
    (packet) => socket.write(framing.frame(packet)),
    () => socket.destroy(),
  );
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let found = framing.next(bytes); found; found = framing.next(bytes)) {
      bytes = Buffer.from(found.rest);
      link.emit('packet', Buffer.from(found.packet));
    }
  });
  socket.on('error', (error) => link.fail(toNoAnswer(error)));
  socket.on('close', () => link.fail(new NoAnswer('failed', 'the connection was closed')));
  return new Promise((resolve, reject) => {
    const onFailed = (error: NoAnswer) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => onFailed(new NoAnswer('silent', 'no connection')), GIVE_UP_MS);
    link.once('failed', onFailed);
    socket.once(carrier === 'tls' ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      link.off('failed', onFailed);
      resolve(link);
    });
  });
}

const REASONS: Record<string, NoAnswerReason> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknownName',
  EAI_AGAIN: 'unknownName',
  ETIMEDOUT: 'silent',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
};

function toNoAnswer(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new NoAnswer(REASONS[code] ?? 'failed', message);
}
