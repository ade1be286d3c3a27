import { afterEach, describe, expect, it } from '@jest/globals';
import { AppError } from '@vcallpe/shared';
import { IceServers } from './ice-servers.ts';

/** What an API would grant: the second of them is newer than the first. */
const grantNumber = (n: number, iceTtlSeconds?: number) => ({
  iceServers: [{ urls: 'turn:turn.example.org', username: String(n) }],
  iceTtlSeconds,
});

let servers: IceServers | undefined;
afterEach(() => servers?.close());

/** Resolves when `getGrant` is called so many times; it then answers, or fails, as `answer` says. */
function api(answer: (asked: number) => Promise<ReturnType<typeof grantNumber>>) {
  let asked = 0;
  const waiting = new Map<number, () => void>();
  return {
    get asked() {
      return asked;
    },
    getGrant: () => {
      asked += 1;
      waiting.get(asked)?.();
      return answer(asked);
    },
    askedFor: (n: number) => new Promise<void>((resolve) => waiting.set(n, resolve)),
  };
}

describe('IceServers', () => {
  it('are renewed by themselves, before half of their time is over', async () => {
    const { getGrant, askedFor } = api(async (n) => grantNumber(n, 0.2));
    const again = askedFor(2);
    const since = Date.now();
    servers = new IceServers(grantNumber(0, 0.2), getGrant);
    expect(servers.current[0]?.username).toBe('0');
    await again;
    // Each took at least 0.4 of its time.
    expect(Date.now() - since).toBeGreaterThan(150);
    expect(servers.current[0]?.username).toBe('1');
  });

  it('are asked for again when the API was away, and stay what they were until then', async () => {
    const { getGrant, askedFor } = api(async (n) => {
      if (n < 3) throw new AppError('UNAVAILABLE', 'away');
      return grantNumber(n);
    });
    const third = askedFor(3);
    servers = new IceServers(grantNumber(0, 0.2), getGrant);
    expect((await servers.fresh())[0]?.username).toBe('0');
    await third;
    expect((await servers.fresh())[0]?.username).toBe('3');
  });

  it('that are stale are renewed before they are used, once for all who need them', async () => {
    const asked = api(async (n) => grantNumber(n));
    // Older than half of their time as soon as they are there.
    servers = new IceServers(grantNumber(0, 0.000_001), asked.getGrant);
    await new Promise((resolve) => setTimeout(resolve, 1));
    const both = await Promise.all([servers.fresh(), servers.fresh()]);
    expect(both.map(([first]) => first?.username)).toEqual(['1', '1']);
    expect(asked.asked).toBe(1);
  });

  it('are the old ones while the API gives no answer', async () => {
    const { getGrant, askedFor } = api(() => new Promise(() => undefined));
    const first = askedFor(1);
    servers = new IceServers(grantNumber(0, 0.000_001), getGrant);
    await first;
    expect((await servers.fresh())[0]?.username).toBe('0');
  });

  it('are never asked for when nothing expires', async () => {
    const asked = api(async (n) => grantNumber(n));
    servers = new IceServers(grantNumber(0), asked.getGrant);
    expect((await servers.fresh())[0]?.username).toBe('0');
    expect(asked.asked).toBe(0);
  });
});
