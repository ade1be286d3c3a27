import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ProducerView } from '@vcallpe/shared';
import { Confirmation } from './confirmation.ts';
import type { Sent } from './publication.ts';

const microphone: Sent = { producerId: 'm', source: 'microphone', paused: false };
const camera: Sent = { producerId: 'c', source: 'camera', paused: false };
const held = (...sent: Sent[]): ProducerView[] =>
  sent.map((each) => ({ ...each, kind: each.source === 'microphone' ? 'audio' : 'video' }));

let confirmation: Confirmation;
beforeEach(() => {
  confirmation = new Confirmation();
  confirmation.tell(held(microphone, camera));
});

describe('Confirmation', () => {
  it('leaves alone what both see alike, in whatever order', () => {
    for (let now = 0; now < 10_000; now += 400) {
      expect(confirmation.sample([camera, microphone], now)).toBe(false);
    }
  });

  it.each([
    ['paused there', held({ ...microphone, paused: true }, camera)],
    ['not there', held(camera)],
    ['another one there', held({ ...microphone, producerId: 'other' }, camera)],
    ['too many there', held(microphone, camera, { producerId: 's', source: 'screen', paused: false })],
  ])('acts when something is %s for two seconds, and again when that did not help', (_what, producers) => {
    confirmation.tell(producers);
    const acts = [];
    for (let now = 0; now <= 4_800; now += 400) {
      if (confirmation.sample([microphone, camera], now)) acts.push(now);
    }
    expect(acts).toEqual([2_000, 4_400]);
  });

  it('acts when a muted person counts as one who speaks', () => {
    const muted = { ...microphone, paused: true };
    expect(confirmation.sample([muted, camera], 0)).toBe(false);
    expect(confirmation.sample([muted, camera], 2_000)).toBe(true);
  });

  it('waits while a change is under way, and counts from its end', () => {
    confirmation.tell(held(camera));
    expect(confirmation.sample([microphone, camera], 0)).toBe(false);
    expect(confirmation.sample(undefined, 1_000)).toBe(false);
    expect(confirmation.sample([microphone, camera], 2_000)).toBe(false);
    expect(confirmation.sample([microphone, camera], 4_000)).toBe(true);
  });

  describe('of a producer of which the server gets nothing', () => {
    const sent = (packets: number) => new Map([['c', packets]]);

    it('says that packets of it leave, once', () => {
      confirmation.doubt('c');
      expect(confirmation.unheard(sent(10), 0)).toEqual([]);
      expect(confirmation.unheard(sent(12), 400)).toEqual(['c']);
      expect(confirmation.unheard(sent(14), 800)).toEqual([]);
    });

    it('says nothing when none leave, nor much later', () => {
      confirmation.doubt('c');
      for (let now = 0; now <= 2_400; now += 400) expect(confirmation.unheard(sent(10), now)).toEqual([]);
      expect(confirmation.unheard(sent(12), 2_800)).toEqual([]);
    });

    it('forgets one that is not sent any more', () => {
      confirmation.doubt('c');
      expect(confirmation.unheard(new Map(), 0)).toEqual([]);
      expect(confirmation.unheard(sent(12), 400)).toEqual([]);
      expect(confirmation.unheard(sent(14), 800)).toEqual([]);
    });
  });

  it('is content when the news come after all', () => {
    confirmation.tell(held(camera));
    expect(confirmation.sample([microphone, camera], 0)).toBe(false);
    confirmation.tell(held(microphone, camera));
    expect(confirmation.sample([microphone, camera], 2_000)).toBe(false);
  });
});
