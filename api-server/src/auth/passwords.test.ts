import { describe, expect, it } from '@jest/globals';
import { Passwords } from './passwords.ts';

describe('Passwords', () => {
  it('counts every character of a long password, which bcrypt alone would not', async () => {
    const passwords = await Passwords.create(4);
    const hash = await passwords.hash('x'.repeat(127) + 'a');
    await expect(passwords.verify('x'.repeat(127) + 'a', hash)).resolves.toBe(true);
    await expect(passwords.verify('x'.repeat(127) + 'b', hash)).resolves.toBe(false);
  });

  it('takes both spellings of an accent for the same password', async () => {
    const passwords = await Passwords.create(4);
    const hash = await passwords.hash('caf\u00e9 au lait');
    await expect(passwords.verify('cafe\u0301 au lait', hash)).resolves.toBe(true);
  });

  it('hashes with the cost it was given', async () => {
    const passwords = await Passwords.create(5);
    await expect(passwords.hash('some password')).resolves.toMatch(/^\$2b\$05\$/);
  });

  it('spends as much CPU on an account that does not exist as on a wrong password', async () => {
    // Work is compared, not the clock: CPU time of this process is not moved by what else the machine does.
    const passwords = await Passwords.create(11);
    const hash = await passwords.hash('some password');
    const cpuOf = async (stored: string | undefined) => {
      const before = process.cpuUsage();
      await expect(passwords.verify('a wrong guess', stored)).resolves.toBe(false);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const known = await cpuOf(hash);
    const unknown = await cpuOf(undefined);
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  it('refuses a flood instead of queueing it', async () => {
    const passwords = await Passwords.create(8);
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, () => passwords.verify('a guess', undefined)),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(60 - 34);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'UNAVAILABLE' });
  });
});
