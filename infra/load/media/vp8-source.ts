/**
 * Frames as a VP8 encoder would send them: descriptor, headers, sizes and pace are real, the picture is grey.
 *
 * The frames decode: VP8's arithmetic decoder reads nothing but zeros from zero bytes, and in every place of the bitstream
 * that is a valid choice, with no update, no residual, DC prediction. So a browser in the same room shows grey, and does not
 * ask for keyframes without end.
 */
import { MAX_PAYLOAD, OutgoingStream, type Outlet } from './outgoing-stream.ts';

/** One simulcast layer. Sizes in px. */
export interface VideoLayer {
  /** Absent when it is the only one. */
  rid?: string;
  width: number;
  height: number;
  fps: number;
  bps: number;
}

export const VP8_PAYLOAD_TYPE = 96;
export const VP8_CLOCK_RATE = 90_000;

/** A keyframe has the size of so many average frames. The frames after it are smaller until the average is right again. */
const KEYFRAME_FACTOR = 3;
/** By which part of the average a frame may be smaller for that. */
const REPAYMENT = 0.2;
/** The all-zero frame needs room for its modes; 1.5 bytes a macroblock are more than enough. */
const BYTES_PER_MACROBLOCK = 1.5;
/** Further behind than this many frames, the ones that were missed are left out. */
const MAX_BACKLOG = 5;

const DESCRIPTOR = 6;
/** Frame tag, start code, width and height of a keyframe; other frames have the tag alone. */
const KEYFRAME_HEADER = 10;
const FRAME_TAG = 3;

export class Vp8Source {
  readonly stream: OutgoingStream;
  keyframes = 0;
  keyframeRequests = 0;
  readonly #layer: VideoLayer;
  readonly #intervalMs: number;
  readonly #head = Buffer.alloc(DESCRIPTOR + KEYFRAME_HEADER);
  #nextFrameAt = Infinity;
  #keyframeDue = true;
  #pictureId = Math.floor(Math.random() * 2 ** 15);
  #tl0PictureIndex = 0;
  /** Bytes that keyframes took beyond the average. */
  #debt = 0;

  constructor(layer: VideoLayer, ssrc: number, mid: string, outlet: Outlet) {
    this.#layer = layer;
    this.#intervalMs = 1000 / layer.fps;
    this.stream = new OutgoingStream(
      {
        ssrc,
        payloadType: VP8_PAYLOAD_TYPE,
        clockRate: VP8_CLOCK_RATE,
        mid,
        rid: layer.rid,
        hasAudioLevel: false,
        filler: 0,
      },
      outlet,
    );
  }

  get running(): boolean {
    return this.#nextFrameAt !== Infinity;
  }

  /** Begins with a keyframe. @param originMs frames are due at whole intervals after it */
  run(nowMs: number, originMs: number): void {
    const passed = Math.max(0, Math.ceil((nowMs - originMs) / this.#intervalMs));
    this.#nextFrameAt = originMs + passed * this.#intervalMs;
    this.#keyframeDue = true;
  }

  stop(): void {
    this.#nextFrameAt = Infinity;
  }

  /** The next frame will be one. */
  requestKeyframe(): void {
    this.keyframeRequests++;
    this.#keyframeDue = true;
  }

  /** Sends the frames that are due. */
  tick(nowMs: number): void {
    if (nowMs - this.#nextFrameAt > MAX_BACKLOG * this.#intervalMs) {
      this.#nextFrameAt += Math.floor((nowMs - this.#nextFrameAt) / this.#intervalMs) * this.#intervalMs;
    }
    while (this.#nextFrameAt <= nowMs) {
      this.#sendFrame(this.#nextFrameAt);
      this.#nextFrameAt += this.#intervalMs;
    }
  }

  #sendFrame(atMs: number): void {
    const keyframe = this.#keyframeDue;
    this.#keyframeDue = false;
    const size = this.#frameSize(keyframe);
    const packets = Math.ceil(size / (MAX_PAYLOAD - DESCRIPTOR));
    const share = Math.ceil(size / packets);
    this.#pictureId = (this.#pictureId + 1) & 0x7fff;
    this.#tl0PictureIndex = (this.#tl0PictureIndex + 1) & 0xff;
    for (let i = 0, rest = size; i < packets; i++, rest -= share) {
      const headLength = this.#writeHead(i === 0, keyframe, size);
      const head = this.#head.subarray(0, headLength);
      const length = Math.max(headLength, DESCRIPTOR + Math.min(share, rest));
      this.stream.send(atMs, i === packets - 1, { head, length });
    }
    if (!keyframe) return;
    this.keyframes++;
    // The SFU needs the time of a layer that has just begun, to switch to it.
    this.stream.report(atMs);
  }

  #frameSize(keyframe: boolean): number {
    const { bps, fps, width, height } = this.#layer;
    const average = bps / 8 / fps;
    const least = Math.ceil(width / 16) * Math.ceil(height / 16) * BYTES_PER_MACROBLOCK;
    const repaid = Math.min(this.#debt, average * REPAYMENT);
    const wanted = keyframe ? average * KEYFRAME_FACTOR : average - repaid;
    const size = Math.ceil(keyframe ? Math.max(wanted, least) : wanted);
    this.#debt += size - average;
    return size;
  }

  /** Its frames are of the average size: what keyframes took beyond it is given back. */
  get steady(): boolean {
    return this.#debt < 1;
  }

  /** Descriptor (RFC 7741) and, in the first packet, the frame header (RFC 6386). Returns how many bytes it is. */
  #writeHead(first: boolean, keyframe: boolean, frameSize: number): number {
    const head = this.#head;
    head[0] = 0x80 | (first ? 0x10 : 0);
    // PictureID, TL0PICIDX and TID are present.
    head[1] = 0xe0;
    head.writeUInt16BE(0x8000 | this.#pictureId, 2);
    head[4] = this.#tl0PictureIndex;
    // TID 0, with the layer sync bit.
    head[5] = 0x20;
    if (!first) return DESCRIPTOR;
    const headerLength = keyframe ? KEYFRAME_HEADER : FRAME_TAG;
    // Half for modes, half for coefficients; show_frame is set.
    const firstPartition = Math.min(0x7ffff, Math.floor((frameSize - headerLength) / 2));
    head.writeUIntLE((firstPartition << 5) | 0x10 | (keyframe ? 0 : 1), DESCRIPTOR, FRAME_TAG);
    if (keyframe) {
      head.writeUIntBE(0x9d012a, DESCRIPTOR + 3, 3);
      head.writeUInt16LE(this.#layer.width, DESCRIPTOR + 6);
      head.writeUInt16LE(this.#layer.height, DESCRIPTOR + 8);
    }
    return DESCRIPTOR + headerLength;
  }
}
