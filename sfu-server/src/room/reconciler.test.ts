import { describe, expect, it } from '@jest/globals';
import { Reconciler } from './reconciler.ts';

describe('Reconciler', () => {
  it('makes one pass of the calls of one turn', async () => {
    let passes = 0;
    const reconciler = new Reconciler(async () => void (passes += 1));
    await Promise.all([reconciler.run(), reconciler.run(), reconciler.run()]);
    expect(passes).toBe(1);
  });

  // What changes is a number; a pass takes it over. Each wait is another place between two microtasks.
  it.each(Array.from({ length: 12 }, (_, i) => i))(
    'misses nothing that changes %d microtasks later',
    async (n) => {
      let wanted = 1;
      let actual = 0;
      const reconciler = new Reconciler(async () => {
        const seen = wanted;
        await undefined;
        actual = seen;
      });
      const first = reconciler.run();
      for (let i = 0; i < n; i += 1) await undefined;
      wanted = 2;
      await reconciler.run();
      await first;
      expect(actual).toBe(2);
    },
  );
});
