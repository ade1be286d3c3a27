/** Goes into the meeting for some seconds, as a participant without sound and with a made-up picture, and measures the way. */
import type { types } from 'mediasoup-client';
import type { Input, JoinGrant } from '@vcallpe/shared';
import { createDevice } from '../../conference/device.ts';
import { readPath, type Path } from '../../conference/quality/path.ts';
import { Signaling } from '../../conference/signaling.ts';
import type { StatsReports } from '../../conference/stats.ts';
import { uuid } from '../../lib/uuid.ts';
import { readLoss, type Measured } from './path.ts';
import { testPicture } from './picture.ts';

/** A way over TCP or a relay takes about a second; browsers give up after some more, ms. */
const CONNECT_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 500;
/** As long as it takes for the media server to report a few times what it got, ms. */
const MEASURE_FOR_MS = 6_000;

export interface ProbeOptions {
  grant: JoinGrant;
  signal: AbortSignal;
  /** The way is found, or there is none. */
  onPath: (path: Path | undefined) => void;
}

/** @returns undefined when there is no way @throws {AppError} what the media server refused */
export async function probePath({ grant, signal, onPath }: ProbeOptions): Promise<Measured | undefined> {
  const [signaling, device] = await Promise.all([
    Signaling.connect(grant.sfuUrl, grant.roomToken),
    createDevice(),
  ]);
  const picture = testPicture();
  let transport: types.Transport | undefined;
  try {
    const joined = await signaling.request('join', {});
    await device.load({ routerRtpCapabilities: joined.routerRtpCapabilities as types.RtpCapabilities });
    transport = device.createSendTransport({
      ...(joined.sendTransport as types.TransportOptions),
      iceServers: grant.iceServers,
    });
    wire(transport, signaling);
    await transport.produce({ track: picture.track, stopTracks: false });
    const path = await findPath(transport, signal);
    onPath(path);
    return path && (await measure(transport, signal));
  } finally {
    picture.stop();
    transport?.close();
    await signaling.request('leave', {}).catch(() => undefined);
    signaling.close();
  }
}

function wire(transport: types.Transport, signaling: Signaling): void {
  transport.on('connect', ({ dtlsParameters }, done, fail) => {
    signaling.request('connectTransport', { transportId: transport.id, dtlsParameters }).then(done, fail);
  });
  transport.on('produce', ({ rtpParameters }, done, fail) => {
    signaling
      .request('produce', {
        produceId: uuid(),
        transportId: transport.id,
        source: 'camera',
        rtpParameters: rtpParameters as Input<'produce'>['rtpParameters'],
        paused: false,
      })
      .then(({ producerId }) => done({ id: producerId }), fail);
  });
}

const statsOf = async (transport: types.Transport) => (await transport.getStats()) as unknown as StatsReports;

async function findPath(transport: types.Transport, signal: AbortSignal): Promise<Path | undefined> {
  const end = performance.now() + CONNECT_WITHIN_MS;
  while (performance.now() < end && transport.connectionState !== 'failed') {
    if (transport.connectionState === 'connected') {
      const path = readPath(await statsOf(transport));
      if (path) return path;
    }
    await pause(LOOK_EVERY_MS, signal);
  }
  return undefined;
}

async function measure(transport: types.Transport, signal: AbortSignal): Promise<Measured> {
  const end = performance.now() + MEASURE_FOR_MS;
  const rttsMs: number[] = [];
  let stats: StatsReports = new Map();
  while (performance.now() < end) {
    await pause(LOOK_EVERY_MS, signal);
    stats = await statsOf(transport);
    const rttMs = readPath(stats)?.rttMs;
    if (rttMs !== undefined) rttsMs.push(rttMs);
  }
  return { rttsMs, ...readLoss(stats) };
}

/** @throws the signal's reason */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  signal.throwIfAborted();
}
