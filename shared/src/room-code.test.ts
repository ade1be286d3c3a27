import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { RoomCode } from './ids.ts';
import { ROOM_CODE_PATTERN, makeRoomCode, parseRoomCode } from './room-code.ts';

describe('makeRoomCode', () => {
  it('makes codes of the one shape, and different ones', () => {
    const codes = Array.from({ length: 1_000 }, () => makeRoomCode(randomInt));
    for (const code of codes) expect(code).toMatch(ROOM_CODE_PATTERN);
    // 1,000 of 7.1·10⁹ codes: a collision has a chance of about 1 in 14,000.
    expect(new Set(codes).size).toBeGreaterThan(998);
  });

  it('uses the first and the last letter of both alphabets', () => {
    expect(makeRoomCode(() => 0)).toBe('bab-baba-bab');
    expect(makeRoomCode((max) => max - 1)).toBe('zuz-zuzu-zuz');
  });
});

describe('parseRoomCode', () => {
  it.each([
    ['tam-rilo-bek'],
    ['  Tam Rilo Bek '],
    ['tamrilobek'],
    ['TAM_RILO_BEK'],
    ['https://meet.example.org/r/tam-rilo-bek'],
    ['https://meet.example.org/r/tam-rilo-bek/?from=mail#top'],
    ['meet.example.org/r/tam-rilo-bek'],
  ])('finds the code in %j', (text) => expect(parseRoomCode(text)).toBe('tam-rilo-bek'));

  it.each([
    [''],
    ['tam-rilo'],
    ['tam-rilo-bekk'],
    ['tam-rilo-be9k'],
    ['tim-xqlo-bek'],
    ['https://meet.example.org/'],
  ])('finds none in %j', (text) => expect(parseRoomCode(text)).toBeUndefined());
});

describe('RoomCode', () => {
  it('forgives case and spaces around, nothing else', () => {
    expect(RoomCode.parse(' TAM-rilo-bek ')).toBe('tam-rilo-bek');
    expect(RoomCode.safeParse('tamrilobek').success).toBe(false);
    expect(RoomCode.safeParse('tam-rilo-bek\nx').success).toBe(false);
  });
});
