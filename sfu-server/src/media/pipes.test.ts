/** Pipes between routers of two real workers. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { types } from 'mediasoup';
import { ROUTER_CODECS } from './codecs.ts';
import { MediaWorker } from './media-worker.ts';
import { Pipes } from './pipes.ts';

const OPUS: types.RtpParameters = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1111 }],
};

let workers: MediaWorker[];
let near: types.Router;
let far: types.Router;
let producer: types.Producer;
let pipes: Pipes;

beforeAll(async () => {
  const budget = { consumers: 500, cpu: 0.5 };
  const start = (index: number) =>
    MediaWorker.start({ index, port: 0, listen: [{ ip: '127.0.0.1' }], budget });
  workers = await Promise.all([start(0), start(1)]);
});

afterAll(() => workers.forEach(({ worker }) => worker.close()));

beforeEach(async () => {
  [near, far] = (await Promise.all(
    workers.map(({ worker }) => worker.createRouter({ mediaCodecs: ROUTER_CODECS })),
  )) as [types.Router, types.Router];
  producer = await produce();
  pipes = new Pipes();
});

async function produce(): Promise<types.Producer> {
  const transport = await near.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
  return transport.produce({ kind: 'audio', rtpParameters: OPUS });
}

/** What stands for the producer on the far router, by the far worker's own account. */
async function copies(): Promise<string[]> {
  return [...(await far.dump()).mapProducerIdConsumerIds].map(({ key }) => key);
}

/** Nobody waits for the answer to a closing, so the worker is asked until it has heard of it. */
async function copyIsGone(): Promise<void> {
  while ((await copies()).length > 0);
}

function whenCopied(router: types.Router, then: (copy: types.Producer) => void): void {
  router.observer.once('newtransport', (transport) => transport.observer.once('newproducer', then));
}

describe('Pipes', () => {
  it('make one copy for many at once, and free it with the last', async () => {
    const releases = await Promise.all([1, 2, 3].map(() => pipes.acquire(producer, near, far)));
    expect(pipes.size).toBe(1);
    expect(await copies()).toEqual([producer.id]);
    releases[0]?.();
    releases[1]?.();
    expect(pipes.size).toBe(1);
    releases[2]?.();
    expect(pipes.size).toBe(0);
    await copyIsGone();
  });

  it('carry pauses, and leave the count of what forwards true', async () => {
    const forwarding = () => workers[0]?.activeConsumers;
    const before = forwarding() ?? 0;
    const copied = new Promise<types.Producer>((resolve) => whenCopied(far, resolve));
    const release = await pipes.acquire(producer, near, far);
    const copy = await copied;
    expect([forwarding(), copy.paused]).toEqual([before + 1, false]);
    for (const paused of [true, false]) {
      const carried = new Promise<void>((resolve) =>
        copy.observer.once(paused ? 'pause' : 'resume', resolve),
      );
      await (paused ? producer.pause() : producer.resume());
      await carried;
      expect([forwarding(), copy.paused]).toEqual([before + (paused ? 0 : 1), paused]);
    }
    release();
    await copyIsGone();
    expect(forwarding()).toBe(before);
  });

  it('try again after a link that could not be opened', async () => {
    const open = far.createPipeTransport.bind(far);
    far.createPipeTransport = () => Promise.reject(new Error('no socket'));
    await expect(pipes.acquire(producer, near, far)).rejects.toThrow('no socket');
    expect(pipes.size).toBe(0);
    far.createPipeTransport = open;
    await pipes.acquire(producer, near, far);
    expect(await copies()).toEqual([producer.id]);
  });

  it('end with the producer, and with either router', async () => {
    await pipes.acquire(producer, near, far);
    producer.close();
    await copyIsGone();
    expect(pipes.size).toBe(0);

    producer = await produce();
    await pipes.acquire(producer, near, far);
    far.close();
    expect(pipes.size).toBe(0);
    await expect(pipes.acquire(producer, near, far)).rejects.toThrow();
    expect(pipes.size).toBe(0);
  });
});
