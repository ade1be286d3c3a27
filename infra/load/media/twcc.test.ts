import { describe, expect, it } from '@jest/globals';
import type { TransportWideCC } from 'werift';
import { PacketStatus, RtcpPacketConverter, RtcpTransportLayerFeedback } from 'werift';
import { TwccRecorder } from './twcc.ts';

const EXTENSION = 5;

function packet(sequence: number): Buffer {
  const buffer = Buffer.alloc(20);
  buffer[0] = 0x90;
  buffer.writeUInt32BE(77, 8);
  buffer.writeUInt32BE(0xbede0001, 12);
  buffer[16] = (EXTENSION << 4) | 1;
  buffer.writeUInt16BE(sequence, 17);
  return buffer;
}

interface Told {
  sequence: number;
  received: boolean;
  atMs: number;
}

/** As another implementation reads it; the deltas are added up here. */
function read(feedback: Buffer): Told[] {
  const [parsed] = RtcpPacketConverter.deSerialize(Buffer.from(feedback));
  if (!(parsed instanceof RtcpTransportLayerFeedback)) throw new Error('Not transport layer feedback');
  const twcc = parsed.feedback as TransportWideCC;
  const statuses = twcc.packetChunks
    .flatMap((chunk) => ('symbolList' in chunk ? chunk.symbolList : []))
    .slice(0, twcc.packetStatusCount);
  const deltas = twcc.recvDeltas[Symbol.iterator]();
  let atMs = twcc.referenceTime * 64;
  return statuses.map((status, i) => {
    const received = status !== PacketStatus.TypeTCCPacketNotReceived;
    if (received) atMs += (deltas.next().value?.delta ?? NaN) / 1000;
    return { sequence: (twcc.baseSequenceNumber + i) & 0xffff, received, atMs };
  });
}

function readAll(recorder: TwccRecorder): Told[] {
  const told: Told[] = [];
  for (let packet = recorder.feedback(); packet; packet = recorder.feedback()) told.push(...read(packet));
  return told;
}

describe('TwccRecorder', () => {
  it('tells when packets came, and which did not, over the wrap of sequence numbers', () => {
    const recorder = new TwccRecorder(1, EXTENSION);
    const arrivals: [number, number][] = [
      [65_533, 1000],
      [65_534, 1000.25],
      [0, 1063.5],
      // Late, and so before the one it follows; then a gap that needs a large delta.
      [65_535, 1064],
      [2, 1400],
    ];
    for (const [sequence, atMs] of arrivals) recorder.arrived(packet(sequence), atMs);
    const told = readAll(recorder);
    expect(told.map(({ sequence, received }) => [sequence, received])).toEqual([
      [65_533, true],
      [65_534, true],
      [65_535, true],
      [0, true],
      [1, false],
      [2, true],
    ]);
    expect(told.filter(({ received }) => received).map(({ atMs }) => atMs)).toEqual([
      1000, 1000.25, 1064, 1063.5, 1400,
    ]);
  });

  it('goes on where it stopped, and says nothing twice', () => {
    const recorder = new TwccRecorder(1, EXTENSION);
    recorder.arrived(packet(10), 100);
    expect(readAll(recorder)).toHaveLength(1);
    expect(recorder.feedback()).toBeUndefined();
    recorder.arrived(packet(10), 101);
    expect(recorder.feedback()).toBeUndefined();
    recorder.arrived(packet(13), 102);
    expect(readAll(recorder).map(({ sequence, received }) => [sequence, received])).toEqual([
      [11, false],
      [12, false],
      [13, true],
    ]);
  });

  it('splits what is too much for one packet', () => {
    const recorder = new TwccRecorder(1, EXTENSION);
    for (let i = 0; i < 1000; i++) recorder.arrived(packet(i), i);
    const told = readAll(recorder);
    expect(told.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(told.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it('begins anew after a hole that is longer than its memory', () => {
    const recorder = new TwccRecorder(1, EXTENSION);
    recorder.arrived(packet(0), 100);
    recorder.arrived(packet(5000), 200);
    expect(readAll(recorder)).toEqual([{ sequence: 5000, received: true, atMs: 200 }]);
  });

  it('passes over packets without the extension', () => {
    const recorder = new TwccRecorder(1, EXTENSION + 1);
    recorder.arrived(packet(0), 100);
    expect(recorder.feedback()).toBeUndefined();
  });
});
