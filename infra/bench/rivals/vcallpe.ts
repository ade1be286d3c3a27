/** Runs VCallPe as anyone would, by `npm start`, with one room. */
import { startService } from '../../e2e/service.ts';
import type { Rival, RunningSfu } from './sfu.ts';
import { createRoom } from './vcallpe-rest.ts';

/** The SFU: its Node process and its workers. The API, the database and what supervises them forward nothing. */
const NODE = /sfu-server\/src\/index\.ts/;
const WORKER = /mediasoup-worker/;

export interface RunningVcallpe extends RunningSfu {
  readonly entry: { sfu: 'vcallpe'; url: string; roomCode: string };
  readonly nodePids: readonly number[];
  readonly workerPids: readonly number[];
}

/** @param env settings of the service */
export async function startVcallpe(env: Record<string, string>): Promise<RunningVcallpe> {
  // Everybody comes from one address here, hundreds of them in a minute.
  const service = await startService({ RATE_LIMIT_SCALE: '10000', ...env });
  try {
    const { url } = service;
    const [nodePids, workerPids] = [await service.children(NODE), await service.children(WORKER)];
    return {
      entry: { sfu: 'vcallpe', url, roomCode: await createRoom(url) },
      pids: [...nodePids, ...workerPids],
      nodePids,
      workerPids,
      stop: async () => void (await service.stop()),
    };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

export const VCALLPE: Rival = {
  name: 'VCallPe',
  start: (senders) =>
    startVcallpe({
      // One thread for media, as the others have it.
      WORKERS: '1',
      // The others forward every voice: so do we, or the packets would not be the same.
      AUDIBLE_SPEAKERS: String(senders),
    }),
};
