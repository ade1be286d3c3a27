/** Whether a VP8 payload (RFC 7741) begins a keyframe. @param start where the payload begins in `packet` */
export function startsKeyframe(packet: Buffer, start: number): boolean {
  const first = packet[start] ?? 0;
  // The first packet of partition 0.
  if ((first & 0x10) === 0 || (first & 0x07) !== 0) return false;
  let at = start + 1;
  if (first & 0x80) {
    const extensions = packet[at++] ?? 0;
    if (extensions & 0x80) at += (packet[at] ?? 0) & 0x80 ? 2 : 1;
    if (extensions & 0x40) at += 1;
    if (extensions & 0x30) at += 1;
  }
  return at < packet.length && ((packet[at] ?? 1) & 0x01) === 0;
}
