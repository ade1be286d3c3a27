/** Reads RTP packets in place, without a copy and without an object for each: a receiver of thousands a second can't afford them. */

/** Bytes of the fixed RTP header. */
export const RTP_HEADER = 12;

/** @param packet RTP or RTCP on one port; told apart as in RFC 5761. */
export function isRtcp(packet: Buffer): boolean {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
}

export const sequenceOf = (packet: Buffer): number => packet.readUInt16BE(2);
/** Signed, as also SSRCs are read: V8 keeps such an integer without an object. */
export const signedTimestampOf = (packet: Buffer): number => packet.readInt32BE(4);
/** To be compared with `ssrc | 0`. */
export const signedSsrcOf = (packet: Buffer): number => packet.readInt32BE(8);

/** Where the payload begins. More than the length of the packet when it is malformed. */
export function payloadOffset(packet: Buffer): number {
  const first = packet[0] ?? 0;
  const fixed = RTP_HEADER + (first & 0x0f) * 4;
  if ((first & 0x10) === 0) return fixed;
  return fixed + 4 <= packet.length ? fixed + 4 + packet.readUInt16BE(fixed + 2) * 4 : Infinity;
}

/**
 * Where the value of a header extension in the one-byte form (RFC 8285) begins, or −1.
 *
 * @param length bytes that the value must have at least.
 */
export function extensionOffset(packet: Buffer, id: number, length: number): number {
  const first = packet[0] ?? 0;
  let at = RTP_HEADER + (first & 0x0f) * 4;
  if ((first & 0x10) === 0 || at + 4 > packet.length || packet.readUInt16BE(at) !== 0xbede) return -1;
  const end = Math.min(packet.length, at + 4 + packet.readUInt16BE(at + 2) * 4);
  at += 4;
  while (at < end) {
    const head = packet[at] ?? 0;
    const size = (head & 0x0f) + 1;
    if (head >> 4 === id) return size >= length && at + 1 + size <= end ? at + 1 : -1;
    // A zero byte is padding.
    at += head === 0 ? 1 : 1 + size;
  }
  return -1;
}
