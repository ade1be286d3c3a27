import { beforeEach, describe, expect, it } from '@jest/globals';
import { Device, FakeHandler, testFakeParameters, type types } from 'mediasoup-client';
import type { ConsumerOffer, TrackSource } from '@vcallpe/shared';
import { Reception } from './reception.ts';
import type { TrackChange } from './roster.ts';

/** Consumers of each negotiation that mediasoup-client made. */
let negotiations: string[][];
/** As a browser does it: one of these in a negotiation, and the whole of it fails. */
let undecodable: Set<string>;
/** Happens in the middle of each negotiation. */
let meanwhile: () => void;
let failures: Map<string, number>;
let changes: TrackChange[][];
let resumed: string[][];
let errors: unknown[];

beforeEach(() => {
  [negotiations, changes, resumed, errors] = [[], [], [], []];
  undecodable = new Set();
  meanwhile = () => undefined;
  failures = new Map();
});

/** mediasoup-client with its own stand-in for the browser. */
async function receiveTransport(): Promise<types.Transport> {
  const browser = FakeHandler.createFactory(testFakeParameters);
  const device = new Device({
    handlerFactory: {
      ...browser,
      factory: (options) => {
        const handler = browser.factory(options);
        const receive = handler.receive.bind(handler);
        handler.receive = (asked) => {
          const ids = asked.map(({ trackId }) => trackId).filter((id) => id !== 'probator');
          if (ids.length > 0) negotiations.push(ids);
          meanwhile();
          return ids.some((id) => undecodable.has(id)) ? Promise.reject(new Error('no')) : receive(asked);
        };
        return handler;
      },
    },
  });
  await device.load({ routerRtpCapabilities: testFakeParameters.generateRouterRtpCapabilities() });
  const transport = device.createRecvTransport(testFakeParameters.generateTransportRemoteParameters());
  transport.on('connect', (_, done) => done());
  return transport;
}

async function session() {
  const transport = await receiveTransport();
  return new Reception({
    transport,
    failures,
    onTracks: (batch) => changes.push(batch),
    resume: async (consumerIds) => resumed.push(consumerIds),
    onError: (error) => errors.push(error),
  });
}

function offer(consumerId: string, source: TrackSource = 'camera'): ConsumerOffer {
  const kind = source === 'microphone' ? 'audio' : 'video';
  const { rtpParameters } = testFakeParameters.generateConsumerRemoteParameters({
    codecMimeType: kind === 'audio' ? 'audio/opus' : 'video/VP8',
  });
  return {
    consumerId,
    producerId: `producer of ${consumerId}`,
    peerId: `peer of ${consumerId}`,
    source,
    kind,
    rtpParameters: rtpParameters as ConsumerOffer['rtpParameters'],
    producerPaused: false,
  };
}

const tracked = () => changes.flat().map(({ peerId, track }) => `${track ? '+' : '-'}${peerId}`);

describe('Reception', () => {
  it('takes what is offered together in one negotiation, one update and one answer', async () => {
    const reception = await session();
    reception.offer([offer('a'), offer('b', 'microphone')]);
    reception.offer([offer('c')]);
    expect(negotiations).toEqual([]);
    await reception.start();
    expect(negotiations).toEqual([['a', 'b', 'c']]);
    expect(changes).toHaveLength(1);
    expect(tracked()).toEqual(['+peer of a', '+peer of b', '+peer of c']);
    expect(resumed).toEqual([['a', 'b', 'c']]);
  });

  it('takes once what is offered twice, before it was taken and after', async () => {
    const reception = await session();
    reception.offer([offer('a')]);
    reception.offer([offer('a'), offer('b')]);
    await reception.start();
    reception.sync([offer('a'), offer('b')]);
    reception.offer([offer('b')]);
    await reception.start();
    expect(negotiations).toEqual([['a', 'b']]);
    expect(tracked()).toEqual(['+peer of a', '+peer of b']);
    expect(errors).toEqual([]);
  });

  it('takes what is offered meanwhile in the next one', async () => {
    const reception = await session();
    await reception.start();
    reception.offer([offer('a')]);
    await until(() => negotiations.length === 1);
    reception.offer([offer('b')]);
    reception.offer([offer('c')]);
    await until(() => resumed.length === 2);
    expect(negotiations).toEqual([['a'], ['b', 'c']]);
  });

  it('knows that something brought nothing, also when the browser does not tell of it', async () => {
    const reception = await session();
    reception.offer([offer('a'), offer('b')]);
    await reception.start();
    const trackIdentifier = changes.flat()[0]?.track?.id ?? '';
    const reports = new Map([['1', { type: 'inbound-rtp', trackIdentifier, packetsReceived: 7 }]]);
    reception.offer([offer('not taken yet')]);
    expect([...reception.packets(reports)]).toEqual([
      ['a', 7],
      ['b', 0],
    ]);
  });

  it('passes over what closed before it was taken, and takes away what closes later', async () => {
    const reception = await session();
    reception.offer([offer('a'), offer('b')]);
    reception.drop(['a']);
    await reception.start();
    expect(resumed).toEqual([['b']]);
    reception.drop(['a', 'b', 'unknown']);
    expect(tracked()).toEqual(['+peer of b', '-peer of b']);
  });

  it('closes what closed while it was being taken', async () => {
    const reception = await session();
    reception.offer([offer('a'), offer('b')]);
    meanwhile = () => reception.drop(['a']);
    await reception.start();
    expect(tracked()).toEqual(['+peer of b']);
    expect(resumed).toEqual([['b']]);
  });

  it('finds the one that can not be taken, and keeps all others', async () => {
    undecodable.add('bad');
    // Each failure ends a session, and the next one begins anew.
    for (let sessions = 0; sessions < 3; sessions += 1) {
      const reception = await session();
      reception.offer([offer('a'), offer('bad'), offer('b')]);
      await reception.start();
    }
    // Whoever was in the failed batch is taken alone, until it is known to be good.
    expect(negotiations).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['a'], ['b']]);
    expect(errors).toHaveLength(2);
    expect(resumed.slice(-2)).toEqual([['a'], ['b']]);
  });

  it('does not count what was cut off by the end of a session', async () => {
    const transport = await receiveTransport();
    const reception = new Reception({
      transport,
      failures,
      onTracks: (batch) => changes.push(batch),
      resume: async () => undefined,
      onError: (error) => errors.push(error),
    });
    reception.offer([offer('a')]);
    const started = reception.start();
    transport.close();
    await started;
    expect(failures.size).toBe(0);
  });
});

async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise(setImmediate);
}
