import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { WorkerPool } from './worker-pool.ts';

let pool: WorkerPool | undefined;
afterEach(() => pool?.close());

describe('a worker that dies', () => {
  it('is replaced at once, and after longer and longer when the next ones die as they start', async () => {
    const budget = { consumers: 1, cpu: 1 };
    const log = pino({ level: 'silent' });
    pool = await WorkerPool.start({ size: 1, rtcPort: 0, listen: [{ ip: '127.0.0.1' }], budget, log });
    const awayMs: number[] = [];
    for (let death = 0; death < 4; death += 1) {
      const [worker] = pool.alive;
      if (!worker) throw new Error('There is no worker');
      const up = once(pool, 'up');
      const died = once(worker.worker, 'died');
      process.kill(worker.worker.pid, 'SIGKILL');
      await died;
      const diedAt = performance.now();
      await up;
      awayMs.push(performance.now() - diedAt);
    }
    // At least so long, however fast the machine.
    expect(awayMs[1]).toBeGreaterThan(350);
    expect(awayMs[2]).toBeGreaterThan(750);
    expect(awayMs[3]).toBeGreaterThan(1_550);
    expect(pool.deaths).toBe(4);
  }, 60_000);
});
