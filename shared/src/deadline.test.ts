import { describe, expect, it } from '@jest/globals';
import { withinDeadline } from './deadline.ts';

describe('withinDeadline', () => {
  it('stops waiting for what never ends', async () => {
    const never = new Promise<never>(() => undefined);
    await expect(withinDeadline(never, 1)).rejects.toMatchObject({ code: 'TIMEOUT', retry: true });
  });

  it('passes on what ends, well or badly', async () => {
    await expect(withinDeadline(Promise.resolve('done'))).resolves.toBe('done');
    await expect(withinDeadline(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
