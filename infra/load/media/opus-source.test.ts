import { describe, expect, it } from '@jest/globals';
import { extensionOffset } from './rtp-packet.ts';
import { SENT_ID } from './header-extensions.ts';
import { OpusSource } from './opus-source.ts';

function source(speaking: boolean): { opus: OpusSource; sent: Buffer[] } {
  const sent: Buffer[] = [];
  const send = (packet: Buffer) => sent.push(Buffer.from(packet));
  return { opus: new OpusSource(speaking, 5, '1', { transportSequence: 0, send }), sent };
}

function run(opus: OpusSource, fromMs: number, toMs: number): void {
  for (let ms = fromMs; ms < toMs; ms += 5) opus.tick(ms);
}

const level = (packet: Buffer | undefined) => packet?.[extensionOffset(packet, SENT_ID.audioLevel, 1)];

describe('OpusSource', () => {
  it('sends 50 packets a second at −25 dBov in speech', () => {
    const { opus, sent } = source(true);
    opus.run(1000);
    run(opus, 1000, 2000);
    expect(sent).toHaveLength(50);
    expect(level(sent[0])).toBe(0x80 | 25);
    expect(((sent[1]?.readUInt32BE(4) ?? 0) - (sent[0]?.readUInt32BE(4) ?? 0)) >>> 0).toBe(960);
  });

  it('sends a packet each 400 ms at −127 dBov in silence, and speaks at once again', () => {
    const { opus, sent } = source(false);
    opus.run(1000);
    run(opus, 1000, 3000);
    expect(sent).toHaveLength(5);
    expect(level(sent[0])).toBe(127);
    opus.setSpeaking(true, 3000);
    run(opus, 3000, 3100);
    expect(sent.length).toBeGreaterThanOrEqual(5 + 4);
    expect(level(sent.at(-1))).toBe(0x80 | 25);
  });

  it('says nothing while it is stopped', () => {
    const { opus, sent } = source(true);
    opus.setSpeaking(true, 1000);
    run(opus, 1000, 1100);
    expect(sent).toEqual([]);
  });
});
