/**
 * A transport for crowds: its own ICE and SRTP on a bare UDP socket. It leaves RTP that arrives encrypted, so that most packets
 * cost no more than their reception.
 */
import { lookup } from 'node:dns/promises';
import { randomBytes } from 'node:crypto';
import type { DtlsParameters, IceParameters } from '@vcallpe/shared';
import { createUdpSocket } from './create-udp-socket.ts';
import { DtlsHandshake, ownDtlsParameters } from './dtls.ts';
import { isRtcp, payloadOffset } from './rtp-packet.ts';
import { CONNECT_TIMEOUT_MS, type RemoteTransport, type RtpTransport } from './rtp-transport.ts';
import { SrtpOpener, SrtpSealer } from './srtp.ts';
import { bindingRequest, bindingSuccess, newTransactionId, parseStun, type StunMessage } from './stun.ts';
import { connecting, consent } from './ticker.ts';
import type { Target } from './udp-socket.ts';

/** The least that SRTP or SRTCP can have: a header and the tag. */
const SHORTEST = 28;

export class LeanTransport implements RtpTransport {
  readonly connected: Promise<void>;
  readonly iceParameters: IceParameters = {
    usernameFragment: randomBytes(6).toString('hex'),
    password: randomBytes(16).toString('hex'),
  };
  onPacket: RtpTransport['onPacket'] = () => {};
  readonly #socket = createUdpSocket();
  readonly #tieBreaker = randomBytes(8);
  readonly #checkId = newTransactionId();
  readonly #settled = Promise.withResolvers<void>();
  #remote: RemoteTransport | undefined;
  /** Where the SFU may be; the first that answers is it. */
  #targets: Target[] = [];
  #target: Target | undefined;
  #handshake: DtlsHandshake | undefined;
  #opener: SrtpOpener | undefined;
  #sealer: SrtpSealer | undefined;
  #authFailures = 0;
  #stopTicking = () => {};
  #closed = false;

  constructor() {
    this.connected = this.#settled.promise;
    // Whoever awaits it hears of the failure; it must not end the process when nobody does.
    this.connected.catch(() => {});
    this.#socket.onPacket = (packet, atMs) => this.#onDatagram(packet, atMs);
  }

  get authFailures(): number {
    return this.#authFailures;
  }

  async start(remote: RemoteTransport): Promise<DtlsParameters> {
    this.#remote = remote;
    const candidates = remote.iceCandidates.filter(({ protocol }) => protocol === 'udp');
    const resolved = candidates.map(async ({ address, port }) => {
      const found = await lookup(address, { family: 4 }).catch(() => undefined);
      return found && { address: found.address, port };
    });
    this.#targets = (await Promise.all(resolved)).filter((target) => target !== undefined);
    if (this.#targets.length === 0) throw new Error('The SFU has no IPv4 UDP candidate');
    const own = await ownDtlsParameters();
    await this.#socket.bind();
    const since = performance.now();
    this.#stopTicking = connecting.add(() => {
      if (performance.now() - since > CONNECT_TIMEOUT_MS) this.#fail(new Error(this.#timeoutReason()));
      else if (this.#handshake) this.#handshake.repeatHello();
      else if (!this.#target) this.#check(false);
    });
    this.#check(false);
    return own;
  }

  send(packet: Buffer): boolean {
    if (!this.#sealer || this.#closed) return false;
    const sealed = isRtcp(packet)
      ? this.#sealer.rtcp(packet)
      : this.#sealer.rtp(packet, payloadOffset(packet));
    return this.#socket.send(sealed);
  }

  decrypt(packet: Buffer, rollover: number): Buffer | undefined {
    const plain = this.#opener?.rtp(packet, payloadOffset(packet), rollover);
    if (!plain) this.#authFailures++;
    return plain;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopTicking();
    this.#settled.reject(new Error('The transport was closed'));
    this.onPacket = () => {};
    this.#socket.close();
  }

  #onDatagram(packet: Buffer, atMs: number): void {
    const first = packet[0] ?? 0;
    // Told apart as in RFC 7983. RTP first, for it is nearly all that comes.
    if (first >= 128 && first <= 191) {
      if (packet.length < SHORTEST || !this.#opener) return;
      if (!isRtcp(packet)) return this.onPacket(packet, atMs);
      const plain = this.#opener.rtcp(packet);
      if (plain) this.onPacket(plain, atMs);
      else this.#authFailures++;
    } else if (first >= 20 && first <= 63) {
      // Kept until the whole flight is there; and one has to be digested before the next comes, for part of that is async.
      const kept = Buffer.from(packet);
      setImmediate(() => this.#handshake?.received(kept));
    } else if (first <= 3) {
      const message = parseStun(packet);
      if (message) this.#onStun(message);
    }
  }

  #onStun(message: StunMessage): void {
    const remote = this.#remote;
    if (!remote) return;
    if (message.kind === 'request') {
      // An SFU with full ICE checks us too. It is only answered once its address is known, which our own check tells.
      if (!this.#target || !message.signedWith(this.iceParameters.password)) return;
      const { address, port } = this.#target;
      this.#socket.send(bindingSuccess(message, this.iceParameters.password, address, port));
    } else if (!this.#target && message.signedWith(remote.iceParameters.password)) {
      const index = this.#targets.findIndex((_, i) => message.transactionId.equals(this.#transactionId(i)));
      const target = this.#targets[index];
      if (target) this.#connectTo(target, remote).catch((error: Error) => this.#fail(error));
    }
  }

  /** Nominates what has answered, and shakes hands. */
  async #connectTo(target: Target, remote: RemoteTransport): Promise<void> {
    this.#target = target;
    await this.#socket.connect(target);
    this.#check(true);
    this.#handshake = await DtlsHandshake.start(remote.dtlsParameters, (packet) => {
      if (!this.#closed) this.#socket.send(packet);
    });
    const { local, remote: theirs } = await this.#handshake.keys;
    if (this.#closed) return;
    this.#opener = new SrtpOpener(theirs);
    this.#sealer = new SrtpSealer(local);
    this.#stopTicking();
    this.#stopTicking = consent.add(() => this.#check(true));
    this.#settled.resolve();
  }

  /** The transaction id says which target has answered. */
  #transactionId(index: number): Buffer {
    const id = Buffer.from(this.#checkId);
    id.writeUInt8(index, 0);
    return id;
  }

  #check(nominate: boolean): void {
    if (!this.#remote) return;
    const { usernameFragment, password } = this.#remote.iceParameters;
    const check = {
      username: `${usernameFragment}:${this.iceParameters.usernameFragment}`,
      password,
      tieBreaker: this.#tieBreaker,
      nominate,
    };
    if (this.#target) {
      this.#socket.send(bindingRequest({ ...check, transactionId: newTransactionId() }));
      return;
    }
    this.#targets.forEach((target, i) => {
      this.#socket.send(bindingRequest({ ...check, transactionId: this.#transactionId(i) }), target);
    });
  }

  #timeoutReason(): string {
    const what = this.#target ? 'the DTLS handshake' : 'an answer to an ICE check';
    return `Waited ${CONNECT_TIMEOUT_MS} ms for ${what}`;
  }

  #fail(error: Error): void {
    this.#settled.reject(error);
    this.close();
  }
}
