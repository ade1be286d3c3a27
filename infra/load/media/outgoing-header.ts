/** The header of the packets of one SSRC: made once, with the places of the fields that differ from packet to packet. */
import { SENT_ID } from './header-extensions.ts';
import { RTP_HEADER } from './rtp-packet.ts';

export interface HeaderOptions {
  ssrc: number;
  payloadType: number;
  mid: string;
  rid?: string;
  hasAudioLevel: boolean;
}

export interface OutgoingHeader {
  bytes: Buffer;
  /** Offsets of the values of header extensions. */
  transportSequenceAt: number;
  captureTimeAt: number;
  /** −1 without. */
  audioLevelAt: number;
}

/** Header extensions are in the one-byte form, RFC 8285. */
export function outgoingHeader({
  ssrc,
  payloadType,
  mid,
  rid,
  hasAudioLevel,
}: HeaderOptions): OutgoingHeader {
  const fixed = Buffer.alloc(RTP_HEADER + 4);
  fixed[0] = 0x90;
  fixed[1] = payloadType;
  fixed.writeUInt32BE(ssrc, 8);
  fixed.writeUInt16BE(0xbede, RTP_HEADER);
  let bytes = fixed;
  /** Returns where the value is. */
  const add = (id: number, value: Buffer): number => {
    bytes = Buffer.concat([bytes, Buffer.from([(id << 4) | (value.length - 1)]), value]);
    return bytes.length - value.length;
  };
  const transportSequenceAt = add(SENT_ID.transportWideCc, Buffer.alloc(2));
  const captureTimeAt = add(SENT_ID.absCaptureTime, Buffer.alloc(8));
  add(SENT_ID.mid, Buffer.from(mid));
  if (rid !== undefined) add(SENT_ID.rid, Buffer.from(rid));
  const audioLevelAt = hasAudioLevel ? add(SENT_ID.audioLevel, Buffer.alloc(1)) : -1;
  bytes = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  bytes.writeUInt16BE((bytes.length - fixed.length) / 4, RTP_HEADER + 2);
  return { bytes, transportSequenceAt, captureTimeAt, audioLevelAt };
}
