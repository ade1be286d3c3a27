/** When a client asks its browser for a keyframe: by mediasoup-client with its own stand-in for the browser. */
import { beforeEach, expect, it } from '@jest/globals';
import { FakeHandler, Device, testFakeParameters } from 'mediasoup-client';
import type { TrackSource } from '@vcallpe/shared';
import { Publication } from '../../client/src/conference/publication.ts';
import type { Signaling } from '../../client/src/conference/signaling.ts';
import { fakeTrack } from './stack.ts';

/** What happened, in order. */
let story: string[];

beforeEach(() => {
  story = [];
});

async function publication(source: TrackSource, sender: Partial<RTCRtpSender>): Promise<Publication> {
  const browser = FakeHandler.createFactory(testFakeParameters);
  const device = new Device({
    handlerFactory: {
      ...browser,
      factory: (options) => {
        const handler = browser.factory(options);
        const send = handler.send.bind(handler);
        handler.send = async (what) => ({ ...(await send(what)), rtpSender: sender as RTCRtpSender });
        return handler;
      },
    },
  });
  await device.load({ routerRtpCapabilities: testFakeParameters.generateRouterRtpCapabilities() });
  const transport = device.createSendTransport(testFakeParameters.generateTransportRemoteParameters());
  transport.on('connect', (_, done) => done());
  transport.on('produce', (_, done) => {
    story.push('taken by the server');
    done({ id: source });
  });
  return new Publication(source, transport, {} as Signaling, new Map());
}

/** A sender of three layers that writes down what it is told to. */
const sender = {
  getParameters: () => ({ encodings: [{}, {}, {}] }) as RTCRtpSendParameters,
  setParameters: async (_: RTCRtpSendParameters, options?: RTCSetParameterOptions) =>
    void story.push(JSON.stringify(options)),
};

it('sends a keyframe of every layer once the server has taken a picture', async () => {
  const camera = await publication('camera', sender);
  await camera.want({ track: fakeTrack('video'), paused: false });
  const keyFrame = true;
  expect(story).toEqual([
    'taken by the server',
    JSON.stringify({ encodingOptions: [{ keyFrame }, { keyFrame }, { keyFrame }] }),
  ]);
});

it('asks for none of sound, and of a picture that is paused', async () => {
  const microphone = await publication('microphone', sender);
  await microphone.want({ track: fakeTrack('audio'), paused: false });
  const camera = await publication('camera', sender);
  await camera.want({ track: fakeTrack('video'), paused: true });
  expect(story).toEqual(['taken by the server', 'taken by the server']);
});

it('sends a picture all the same when the browser does not do as asked', async () => {
  const setParameters = async () => {
    throw new DOMException('The sender has ended', 'InvalidStateError');
  };
  const camera = await publication('camera', { ...sender, setParameters });
  await camera.want({ track: fakeTrack('video'), paused: false });
  expect(camera.sent).toEqual({ producerId: 'camera', source: 'camera', paused: false });
});
