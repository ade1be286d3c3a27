import { describe, expect, it } from '@jest/globals';
import type { PeerView } from '@vcallpe/shared';
import { GRACE_MS, LATE_MS, sentCamera, VideoLedger, voicesExpected } from './expectation.ts';

const nameOf = (id: string) => id.toUpperCase();
const all = () => true;
const none = () => false;
const wanted = (...ids: string[]) => new Map(ids.map((id) => [id, `peer of ${id}`]));

describe('the camera that is expected', () => {
  const peer = (paused: boolean) =>
    ({
      producers: [
        { source: 'microphone', paused: false, producerId: 'm' },
        { source: 'camera', paused, producerId: 'c' },
      ],
    }) as unknown as PeerView;

  it('is one that is on', () => {
    expect(sentCamera(peer(false))).toBe('c');
    expect(sentCamera(peer(true))).toBeUndefined();
    expect(sentCamera(undefined)).toBeUndefined();
  });
});

describe('voices', () => {
  it.each([
    [3, 0, 3],
    [9, 0, 5],
    [3, 3, 2],
    [3, 9, 0],
  ])('of %i speakers of ours beside %i others, %i must be heard', (ours, others, expected) => {
    expect(voicesExpected(ours, others)).toBe(expected);
  });
});

describe('the ledger of videos', () => {
  it('counts what flows, and names what does not', () => {
    const ledger = new VideoLedger();
    ledger.expect(wanted('a', 'b'), 0);
    expect(ledger.count(GRACE_MS + 1, (id) => id === 'a', nameOf)).toEqual({
      expected: 2,
      received: 1,
      missing: ['video of PEER OF B'],
    });
  });

  it('gives a track its time to begin', () => {
    const ledger = new VideoLedger();
    ledger.expect(wanted('a'), 1_000);
    expect(ledger.count(1_000 + GRACE_MS, none, nameOf).expected).toBe(0);
    expect(ledger.count(1_001 + GRACE_MS, none, nameOf).expected).toBe(1);
  });

  it('counts a track that stopped as missing, though it has begun', () => {
    const ledger = new VideoLedger();
    ledger.expect(wanted('a'), 0);
    ledger.firstFrame('a', 10);
    expect(ledger.waiting).toEqual([]);
    expect(ledger.count(GRACE_MS + 1, none, nameOf).missing).toHaveLength(1);
  });

  it('remembers what should have come and did not, after nobody wants it any longer', () => {
    const ledger = new VideoLedger();
    ledger.expect(wanted('never', 'shown', 'brief'), 0);
    ledger.firstFrame('shown', 50);
    ledger.expect(wanted('brief'), GRACE_MS + 1);
    expect(ledger.count(GRACE_MS + 1, all, nameOf)).toEqual({
      expected: 3,
      received: 2,
      missing: ['video of PEER OF NEVER'],
    });
    ledger.beginWindow();
    expect(ledger.count(GRACE_MS + 1, all, nameOf).expected).toBe(1);
  });

  it('counts those that began late, whatever came of them', () => {
    const ledger = new VideoLedger();
    ledger.expect(wanted('soon', 'late', 'never', 'brief'), 0);
    ledger.firstFrame('soon', LATE_MS);
    ledger.firstFrame('late', LATE_MS + 1);
    ledger.firstFrame('late', LATE_MS + 2);
    ledger.beginWindow();
    expect(ledger.late).toBe(1);
    ledger.expect(wanted('never'), LATE_MS);
    expect(ledger.late).toBe(1);
    ledger.expect(wanted(), LATE_MS + 3);
    expect(ledger.late).toBe(2);
  });

  it('takes a producer that comes again for a new one', () => {
    const ledger = new VideoLedger();
    ledger.expect(wanted('a'), 0);
    ledger.firstFrame('a', 10);
    ledger.expect(wanted(), 20);
    ledger.expect(wanted('a'), 30);
    expect(ledger.waiting).toEqual(['a']);
  });
});
