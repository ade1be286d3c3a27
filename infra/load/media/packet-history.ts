/** Packets that a NACK may name, about a second of them. Must be a power of two, for sequence numbers wrap. */
const CAPACITY = 256;
/** Bytes that are kept of each: its header and how its payload begins. All that follows is filler. */
export const BEGINNING = 72;

/** What was sent last, for resending. It keeps no filler: 300 publishers with whole packets would need hundreds of MB. */
export class PacketHistory {
  readonly #beginnings = Buffer.alloc(CAPACITY * BEGINNING);
  readonly #lengths = new Uint16Array(CAPACITY);
  readonly #sequences = new Uint16Array(CAPACITY);

  put(packet: Buffer): void {
    const sequence = packet.readUInt16BE(2);
    const slot = sequence % CAPACITY;
    packet.copy(this.#beginnings, slot * BEGINNING, 0, BEGINNING);
    this.#lengths[slot] = packet.length;
    this.#sequences[slot] = sequence;
  }

  /** Writes the packet's beginning to `target`, and returns the packet's length; 0 when it is not known any more. */
  restore(sequence: number, target: Buffer): number {
    const slot = sequence % CAPACITY;
    const length = this.#lengths[slot] ?? 0;
    if (length === 0 || this.#sequences[slot] !== sequence) return 0;
    this.#beginnings.copy(target, 0, slot * BEGINNING, slot * BEGINNING + Math.min(length, BEGINNING));
    return length;
  }
}
