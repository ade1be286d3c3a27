/**
 * A page of videos with mediasoup-client and no code of VCallPe: what a browser manages at best. It shows everything that
 * the bare router has, in tiles of `?width=&height=` px.
 */
import { Device, type types } from 'mediasoup-client';
import type { RtpCapabilities } from '@vcallpe/shared';
import { askBare } from '../../rivals/bare-requests.ts';

const { origin, searchParams } = new URL(location.href);

const device = new Device();
await device.load({
  routerRtpCapabilities: (await askBare(origin, 'capabilities', {})) as types.RtpCapabilities,
});
const rtpCapabilities = device.recvRtpCapabilities as RtpCapabilities;

const transport = device.createRecvTransport(await askBare(origin, 'createTransport', {}));
transport.on('connect', ({ dtlsParameters }, done, failed) => {
  askBare(origin, 'connectTransport', { transportId: transport.id, dtlsParameters }).then(done, failed);
});

for (const producerId of await askBare(origin, 'producers', {})) {
  const { consumerId, kind, rtpParameters } = await askBare(origin, 'consume', {
    transportId: transport.id,
    producerId,
    rtpCapabilities,
  });
  const { track } = await transport.consume({
    id: consumerId,
    producerId,
    kind,
    rtpParameters: rtpParameters as types.RtpParameters,
  });
  show(track);
  await askBare(origin, 'resume', { consumerId });
}

function show(track: MediaStreamTrack): void {
  const video = document.createElement('video');
  video.width = Number(searchParams.get('width'));
  video.height = Number(searchParams.get('height'));
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
}
