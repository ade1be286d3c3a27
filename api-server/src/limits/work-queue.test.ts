import { describe, expect, it } from '@jest/globals';
import { WorkQueue } from './work-queue.ts';

/** A task that ends when told to. */
function openTask(log: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const task = async () => {
    log.push(name);
    await promise;
  };
  return { task, finish: resolve };
}

describe('WorkQueue', () => {
  it('runs so many at once, the others in order, and refuses what is too much', async () => {
    const queue = new WorkQueue({ running: 1, waiting: 2 });
    const log: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => openTask(log, name));
    const all = [a, b, c].map((task) => queue.run(task!.task));
    await expect(queue.run(async () => undefined)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(log).toEqual(['a']);
    for (const task of [a, b, c]) task!.finish();
    await Promise.all(all);
    expect(log).toEqual(['a', 'b', 'c']);
    await expect(queue.run(async () => 'free again')).resolves.toBe('free again');
  });

  it('gives the place on when a task fails', async () => {
    const queue = new WorkQueue({ running: 1, waiting: 0 });
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(queue.run(async () => 1)).resolves.toBe(1);
  });
});
