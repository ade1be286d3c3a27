import type { DtlsParameters, RtpCapabilities, RtpParameters } from '@vcallpe/shared';
import { Stalls } from '../../../client/src/conference/stalls.ts';
import { URI } from './header-extensions.ts';
import { LeanTransport } from './lean-transport.ts';
import { NativeTransport } from './native-transport.ts';
import { receivedCapabilities, type BandwidthEstimation } from './received-capabilities.ts';
import { ReceivedStream, type StreamHost, type Subscription } from './received-stream.ts';
import { forEachRtcp, receiverEstimatedMaximumBitrate, receiverReport, REPORT_BLOCKS, RTCP } from './rtcp.ts';
import { isRtcp, signedSsrcOf } from './rtp-packet.ts';
import type { RemoteTransport, RtpTransport } from './rtp-transport.ts';
import type { StreamReport } from './stream-stats.ts';
import { feedback, repairs, reports, stalls } from './ticker.ts';
import { TwccRecorder } from './twcc.ts';

export type { BandwidthEstimation, Subscription };

export interface SubscriberOptions {
  /** Lean receives in mass; native authenticates every packet. Or one that is made already. */
  transport: 'lean' | 'native' | RtpTransport;
  bandwidthEstimation: BandwidthEstimation;
}

/** Of our RTCP; browsers that send nothing on a transport take 1 too. */
const OWN_SSRC = 1;
/** What REMB tells, bps: no limit of ours. */
const REMB_BPS = 50_000_000;
const REMB_SSRCS = 255;

/** Receives streams as a browser would: it reports, asks for what was lost and for keyframes, and keeps figures. */
export class Subscriber {
  /** First packet after `add` or `expectFirstFrame`; for video the first of a keyframe. `atMs` is `performance.now()`. */
  onFirstFrame?: (consumerId: string, atMs: number) => void;
  /** All that bring nothing, paused ones too, whenever these are others: what a client tells the server as `stalled`. */
  onStalled?: (consumerIds: string[]) => void;
  readonly #transport: RtpTransport;
  readonly #bandwidthEstimation: BandwidthEstimation;
  readonly #host: StreamHost = {
    ssrc: OWN_SSRC,
    send: (packet) => this.#transport.send(packet),
    decrypt: (packet, rollover) => this.#transport.decrypt(packet, rollover),
    firstFrame: (consumerId, atMs) => this.onFirstFrame?.(consumerId, atMs),
    lossBegan: (stream) => this.#lossBegan(stream),
  };
  readonly #streams = new Map<string, ReceivedStream>();
  readonly #bySsrc = new Map<number, ReceivedStream>();
  readonly #byRtxSsrc = new Map<number, ReceivedStream>();
  readonly #damaged = new Set<ReceivedStream>();
  readonly #stalls = new Stalls();
  readonly #stop: (() => void)[] = [];
  #stopRepairs: (() => void) | undefined;
  #twcc: TwccRecorder | undefined;

  constructor({ transport, bandwidthEstimation }: SubscriberOptions) {
    this.#transport =
      transport === 'lean' ? new LeanTransport() : transport === 'native' ? new NativeTransport() : transport;
    this.#bandwidthEstimation = bandwidthEstimation;
    this.#transport.onPacket = (packet, atMs) => this.#received(packet, atMs);
    this.#transport.connected.then(
      () =>
        this.#stop.push(
          feedback.add(() => this.#giveFeedback()),
          reports.add(() => this.#report()),
          stalls.add(() => this.#lookForStalls()),
        ),
      () => {},
    );
  }

  /**
   * What `receive` takes: of what the router has, VP8 with RTX, Opus, and the header extensions that are read here.
   *
   * @throws when the router has no VP8 or no Opus.
   */
  static capabilities(router: RtpCapabilities, bandwidthEstimation: BandwidthEstimation): RtpCapabilities {
    return receivedCapabilities(router, bandwidthEstimation);
  }

  get connected(): Promise<void> {
    return this.#transport.connected;
  }

  get authFailures(): number {
    return this.#transport.authFailures;
  }

  /** See `RtpTransport.start`. */
  start(remote: RemoteTransport): Promise<DtlsParameters> {
    return this.#transport.start(remote);
  }

  /** To be called before the consumers are resumed. @throws when a consumer's parameters name no codec or SSRC. */
  add(subscriptions: readonly Subscription[]): void {
    for (const subscription of subscriptions) {
      const stream = new ReceivedStream(subscription, this.#host);
      this.#streams.set(stream.consumerId, stream);
      this.#bySsrc.set(stream.ssrc | 0, stream);
      if (stream.rtxSsrc !== undefined) this.#byRtxSsrc.set(stream.rtxSsrc | 0, stream);
      this.#recordArrivals(subscription.rtpParameters);
    }
  }

  /** Their figures are gone too: read them before. */
  remove(consumerIds: readonly string[]): void {
    for (const consumerId of consumerIds) {
      const stream = this.#streams.get(consumerId);
      if (!stream) continue;
      this.#streams.delete(consumerId);
      this.#bySsrc.delete(stream.ssrc | 0);
      if (stream.rtxSsrc !== undefined) this.#byRtxSsrc.delete(stream.rtxSsrc | 0);
      this.#damaged.delete(stream);
    }
  }

  /** A tile that was hidden is shown again. */
  expectFirstFrame(consumerId: string): void {
    this.#streams.get(consumerId)?.expectFirstFrame();
  }

  /** The stream stops on purpose (tile hidden, producer paused): the gap until `expectFirstFrame` is no freeze. */
  expectSilence(consumerId: string): void {
    this.#streams.get(consumerId)?.expectSilence();
  }

  stats(consumerId: string): StreamReport | undefined {
    return this.#streams.get(consumerId)?.stats.report(performance.now());
  }

  /** Begins a measuring window for all streams. */
  resetStats(): void {
    for (const { stats } of this.#streams.values()) stats.reset();
  }

  close(): void {
    for (const stop of this.#stop) stop();
    this.#stopRepairs?.();
    this.#transport.close();
  }

  /** Runs for every packet: nothing is allocated here, and nothing parsed that is not needed. */
  #received(packet: Buffer, atMs: number): void {
    if (isRtcp(packet)) {
      this.#receivedRtcp(packet, atMs);
      return;
    }
    // mediasoup's probation (SSRC 1234) belongs to no stream, yet its arrival has to be told.
    this.#twcc?.arrived(packet, atMs);
    const ssrc = signedSsrcOf(packet);
    const stream = this.#bySsrc.get(ssrc);
    if (stream) stream.rtp(packet, atMs);
    else this.#byRtxSsrc.get(ssrc)?.rtx(packet, atMs);
  }

  #receivedRtcp(compound: Buffer, atMs: number): void {
    forEachRtcp(compound, (type, _count, start, end) => {
      if (type !== RTCP.sr || end < start + 28) return;
      this.#bySsrc
        .get(compound.readInt32BE(start + 4))
        ?.senderReport(compound.readUInt32BE(start + 10), atMs);
    });
  }

  #recordArrivals({ headerExtensions = [] }: RtpParameters): void {
    if (this.#twcc || this.#bandwidthEstimation !== 'twcc') return;
    const extension = headerExtensions.find(({ uri }) => uri === URI.transportWideCc);
    if (extension) this.#twcc = new TwccRecorder(OWN_SSRC, extension.id);
  }

  #giveFeedback(): void {
    let packet: Buffer | undefined;
    while ((packet = this.#twcc?.feedback())) this.#transport.send(packet);
    const now = performance.now();
    for (const stream of this.#streams.values()) stream.requestKeyframeIfDue(now);
  }

  #report(): void {
    const now = performance.now();
    const streams = [...this.#streams.values()];
    const blocks = streams.map((stream) => stream.reportBlock(now)).filter((block) => block !== undefined);
    for (let i = 0; i < blocks.length; i += REPORT_BLOCKS) {
      this.#transport.send(receiverReport(OWN_SSRC, blocks.slice(i, i + REPORT_BLOCKS)));
    }
    if (this.#bandwidthEstimation !== 'remb' || streams.length === 0) return;
    const ssrcs = streams.slice(0, REMB_SSRCS).map(({ ssrc }) => ssrc);
    this.#transport.send(receiverEstimatedMaximumBitrate(OWN_SSRC, REMB_BPS, ssrcs));
  }

  #lookForStalls(): void {
    if (!this.onStalled) return;
    const arrived = new Map(Array.from(this.#streams, ([id, stream]) => [id, stream.arrived]));
    const stalled = this.#stalls.sample(arrived, performance.now());
    if (stalled) this.onStalled(stalled);
  }

  #lossBegan(stream: ReceivedStream): void {
    this.#damaged.add(stream);
    this.#stopRepairs ??= repairs.add(() => {
      const now = performance.now();
      for (const damaged of this.#damaged) if (!damaged.repair(now)) this.#damaged.delete(damaged);
      if (this.#damaged.size > 0) return;
      this.#stopRepairs?.();
      this.#stopRepairs = undefined;
    });
  }
}
