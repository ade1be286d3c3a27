/** A meeting that lasts longer than TURN credentials: whoever needs a relay then has others, and the API may be away by then. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Device, types } from 'mediasoup-client';
import type { Conference } from '../../client/src/conference/conference.ts';
import { until } from '../browser/wait.ts';
import { createDevice, fakeTrack, startStack, type Stack } from './stack.ts';

/** Short, and more than a second longer than half of it: the API counts in whole seconds. */
const LIFE_SECONDS = 4;
const TURN = { urls: ['turn:turn.example.org:3478'], secret: 'a secret of the tests only, 32 characters' };

let stack: Stack;
let apiIsAway = false;

beforeAll(async () => {
  const turn = { TURN_SERVERS: JSON.stringify([TURN]), TURN_TTL_SECONDS: String(LIFE_SECONDS) };
  stack = await startStack({}, turn);
});
afterAll(() => stack?.close());
afterEach(() => {
  apiIsAway = false;
});

/** Until when the credentials are good, Unix ms: coturn's user name begins with it. */
const expiryOf = (servers: RTCIceServer[] | undefined) => parseInt(servers?.[0]?.username ?? '') * 1000;

interface Watched {
  conference: Conference;
  /** The ICE servers that each transport has now, oldest transport first. */
  used: { transport: types.Transport; iceServers: RTCIceServer[] | undefined; restarts: number }[];
}

/**
 * Ada, alone in a room, with a microphone that is sent.
 *
 * @param apiGoes the API is away as soon as she has her first grant
 */
async function enterAda({ apiGoes = false } = {}): Promise<Watched> {
  const owner = await stack.account(`Mia-${crypto.randomUUID()}`);
  const { code } = await owner.createRoom('All day');
  const used: Watched['used'] = [];
  const conference = await stack.enter(code, 'Ada', {
    microphone: fakeTrack('audio'),
    getGrant: async () => {
      if (apiIsAway) throw new Error('The API is away');
      const grant = await stack.grant(code, 'Ada');
      apiIsAway = apiGoes;
      return grant;
    },
    createDevice: async () => watch(await createDevice(), used),
  });
  await until('the microphone to be sent', () => peerOf(conference)?.producerOf('microphone'));
  return { conference, used };
}

/** Notes which ICE servers the browser, which is played here, is told of. */
function watch(device: Device, used: Watched['used']): Device {
  for (const create of ['createSendTransport', 'createRecvTransport'] as const) {
    const make = device[create].bind(device);
    device[create] = ((options: types.TransportOptions) => {
      const transport = make(options);
      const entry = { transport, iceServers: options.iceServers, restarts: 0 };
      const [update, restart] = [
        transport.updateIceServers.bind(transport),
        transport.restartIce.bind(transport),
      ];
      transport.updateIceServers = (told) => {
        entry.iceServers = told?.iceServers;
        return update(told);
      };
      transport.restartIce = (told) => {
        entry.restarts += 1;
        return restart(told);
      };
      used.push(entry);
      return transport;
    }) as typeof make;
  }
  return device;
}

function peerOf(conference: Conference) {
  const [room] = [...stack.sfu.rooms.rooms.values()].filter(({ peers }) =>
    peers.has(conference.getState().self?.peerId ?? ''),
  );
  return room?.peers.get(conference.getState().self?.peerId ?? '');
}

/** As the media audit does it for a path on which nothing comes. */
function restartIce(conference: Conference): void {
  peerOf(conference)?.channel.send('repair', { direction: 'send', step: 'restartIce' });
}

describe('after the credentials of the first grant have expired', () => {
  it('an ICE restart uses fresh ones', async () => {
    const { conference, used } = await enterAda();
    const [send] = used;
    const first = expiryOf(send?.iceServers);
    await until('them to expire', () => Date.now() > first);
    expect(expiryOf(send?.iceServers)).toBe(first);
    restartIce(conference);
    await until('ICE to be restarted', () => send?.restarts === 1);
    // Not compared with the time, which goes on while a slow machine gets here.
    expect(expiryOf(send?.iceServers)).toBeGreaterThan(first);
    await conference.leave();
  });

  it('new transports use fresh ones', async () => {
    const { conference, used } = await enterAda();
    const first = expiryOf(used[0]?.iceServers);
    await until('them to expire', () => Date.now() > first);
    peerOf(conference)?.channel.send('repair', { direction: 'send', step: 'openTransports' });
    await until('new transports', () => used.length >= 4);
    for (const { iceServers } of used.slice(2)) expect(expiryOf(iceServers)).toBeGreaterThan(first);
    await conference.leave();
  });

  it('the old ones are used while the API is away, and fresh ones when it is back', async () => {
    const { conference, used } = await enterAda({ apiGoes: true });
    const [send] = used;
    const first = expiryOf(send?.iceServers);
    await until('them to expire', () => Date.now() > first);
    restartIce(conference);
    await until('ICE to be restarted', () => send?.restarts === 1);
    expect(expiryOf(send?.iceServers)).toBe(first);
    apiIsAway = false;
    peerOf(conference)?.channel.send('repair', { direction: 'send', step: 'openTransports' });
    await until('new transports', () => used.length >= 4);
    expect(expiryOf(used[2]?.iceServers)).toBeGreaterThan(first);
    await conference.leave();
  });
});
