import { describe, expect, it } from '@jest/globals';
import type { TrackSource } from '@vcallpe/shared';
import { diagnose, type Counters } from './diagnosis.ts';
import type { Held } from './receiving.ts';

const before: Counters = { at: 0, produced: 10, fromPublisher: 1_000, consumed: 10, roundTripMs: 0 };
const later = (grown: Partial<Counters>): Counters => ({ ...before, at: 500, ...grown });
/** What is looked at of a pair. */
const pair = (source: TrackSource, present = true) =>
  ({ producer: { appData: { source } }, from: { channel: { present } } }) as Held;

describe('where the packets of a pair stop', () => {
  it.each([
    ['nothing comes from the publisher', {}, 'publisherSilent'],
    ['only other packets come from it', { fromPublisher: 2_000 }, 'producerSilent'],
    ['they are not forwarded', { fromPublisher: 2_000, produced: 20 }, 'notForwarded'],
    ['they do not arrive', { fromPublisher: 2_000, produced: 20, consumed: 20 }, 'notReceived'],
  ])('%s', (_what, grown, cause) => {
    expect(diagnose(pair('camera'), before, later(grown))).toBe(cause);
  });

  it('of a share is suspicious only where packets come and do not go on: a still window has none', () => {
    const found = (grown: Partial<Counters>) => diagnose(pair('screen'), before, later(grown));
    expect(found({})).toBeUndefined();
    expect(found({ fromPublisher: 2_000 })).toBeUndefined();
    expect(found({ fromPublisher: 2_000, produced: 20, consumed: 20 })).toBeUndefined();
    expect(found({ fromPublisher: 2_000, produced: 20 })).toBe('notForwarded');
  });

  it('of somebody whose socket is away is not asked for; what stops in the server is', () => {
    const found = (grown: Partial<Counters>) => diagnose(pair('camera', false), before, later(grown));
    expect(found({})).toBeUndefined();
    expect(found({ fromPublisher: 2_000 })).toBeUndefined();
    expect(found({ fromPublisher: 2_000, produced: 20 })).toBe('notForwarded');
  });
});
