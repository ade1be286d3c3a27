/** One frame of VP8 as RTP packets (RFC 7741). */

/** Bytes of payload in a packet, so that with all headers it fits any network. */
const PAYLOAD_BYTES = 1_100;
const RTP_HEADER = 12;
/** First byte, X; second byte, I; a picture id of 15 bits. */
const DESCRIPTOR = 4;

export interface FrameHeader {
  ssrc: number;
  payloadType: number;
  /** Of the first packet; those that follow count on. 16 bits. */
  sequence: number;
  /** 90 kHz, 32 bits. */
  timestamp: number;
  /** 15 bits. */
  pictureId: number;
}

export function packetize(frame: Buffer, header: FrameHeader): Buffer[] {
  const count = Math.ceil(frame.length / PAYLOAD_BYTES);
  return Array.from({ length: count }, (_, i) => {
    const part = frame.subarray(i * PAYLOAD_BYTES, (i + 1) * PAYLOAD_BYTES);
    const packet = Buffer.alloc(RTP_HEADER + DESCRIPTOR + part.length);
    const isLast = i === count - 1;
    packet[0] = 0x80;
    packet[1] = (isLast ? 0x80 : 0) | header.payloadType;
    packet.writeUInt16BE((header.sequence + i) & 0xffff, 2);
    packet.writeUInt32BE(header.timestamp >>> 0, 4);
    packet.writeUInt32BE(header.ssrc, 8);
    const isFirst = i === 0;
    packet[12] = 0x80 | (isFirst ? 0x10 : 0);
    packet[13] = 0x80;
    packet.writeUInt16BE(0x8000 | (header.pictureId & 0x7fff), 14);
    part.copy(packet, RTP_HEADER + DESCRIPTOR);
    return packet;
  });
}
