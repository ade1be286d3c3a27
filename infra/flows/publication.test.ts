/** What a client sends of a source, by mediasoup-client with its own stand-in for the browser. */
import { beforeEach, expect, it } from '@jest/globals';
import { FakeHandler, Device, testFakeParameters, type types } from 'mediasoup-client';
import type { ProducerId, TrackSource } from '@vcallpe/shared';
import { Publication, type LayersWanted } from '../../client/src/conference/publication.ts';
import type { Signaling } from '../../client/src/conference/signaling.ts';
import { until } from '../browser/wait.ts';
import { fakeTrack } from './stack.ts';

const ID = 'producer' as ProducerId;

let layersWanted: LayersWanted;
/** Layers that the browser was told to send up to, and whether each was active at first. */
let told: number[];
let atFirst: (boolean | undefined)[];
/** The server's answer to `produce`, once it is asked. */
let answer: (() => void) | undefined;

beforeEach(() => {
  layersWanted = new Map();
  told = [];
  atFirst = [];
  answer = undefined;
});

async function publication(source: TrackSource): Promise<Publication> {
  const browser = FakeHandler.createFactory(testFakeParameters);
  const device = new Device({
    handlerFactory: {
      ...browser,
      factory: (options) => {
        const handler = browser.factory(options);
        handler.setMaxSpatialLayer = async (_, layer) => void told.push(layer);
        return handler;
      },
    },
  });
  await device.load({ routerRtpCapabilities: testFakeParameters.generateRouterRtpCapabilities() });
  const transport: types.Transport = device.createSendTransport(
    testFakeParameters.generateTransportRemoteParameters(),
  );
  transport.on('connect', (_, done) => done());
  transport.on('produce', ({ rtpParameters: { encodings = [] } }, done) => {
    atFirst = encodings.map(({ active }) => active);
    answer = () => done({ id: ID });
  });
  return new Publication(source, transport, {} as Signaling, layersWanted);
}

async function asked(): Promise<() => void> {
  await until('the server to be asked', () => answer);
  if (!answer) throw new Error('Unreachable: it was waited for');
  return answer;
}

it('sends no picture before the server has taken it, and then as much as is wanted', async () => {
  const camera = await publication('camera');
  const done = camera.want({ track: fakeTrack('video'), paused: false });
  const take = await asked();
  expect(atFirst).toEqual([false, false, false]);
  expect(told).toEqual([]);
  layersWanted.set(ID, 1);
  take();
  await done;
  expect(told).toEqual([1]);
  expect(camera.flows).toBe(true);
});

it('sends no picture that nobody shows', async () => {
  const camera = await publication('camera');
  const done = camera.want({ track: fakeTrack('video'), paused: false });
  const take = await asked();
  layersWanted.set(ID, -1);
  take();
  await done;
  expect(told).toEqual([]);
  expect(camera.flows).toBe(false);
  layersWanted.set(ID, 2);
  await camera.reconcile();
  expect(told).toEqual([2]);
});

it('sends sound at once, for a word lost is heard and there is no keyframe to wait for', async () => {
  const microphone = await publication('microphone');
  const done = microphone.want({ track: fakeTrack('audio'), paused: false });
  const take = await asked();
  expect(atFirst).toEqual([true]);
  take();
  await done;
  expect(told).toEqual([]);
  expect(microphone.flows).toBe(true);
});
