/** Runs the bare mediasoup router (bare-sfu.ts) and lets clients in. */
import { join } from 'node:path';
import { Program } from '../program.ts';
import type { Rival } from './sfu.ts';

interface Ready {
  url: string;
  workerPid: number;
}

export interface BareSfu {
  url: string;
  /** Its Node process and its worker. */
  pids: number[];
  stop(): Promise<void>;
}

/** @param pages a folder that it serves to browsers */
export function startBareSfu(pages?: string): Promise<BareSfu> {
  return new Promise((resolve, reject) => {
    const program: Program = new Program(
      'The bare router',
      process.execPath,
      [join(import.meta.dirname, 'bare-sfu.ts')],
      {
        env: { ...process.env, PAGES: pages },
        onMessage: (message) => {
          const { url, workerPid } = message as Ready;
          resolve({ url, pids: [program.pid, workerPid], stop: () => program.stop() });
        },
      },
    );
    program.onceEnded(() => reject(program.failure('ended at its start')));
  });
}

export const BARE_MEDIASOUP: Rival = {
  name: 'bare mediasoup',
  async start() {
    const { url, pids, stop } = await startBareSfu();
    return { entry: { sfu: 'bare', url }, pids, stop };
  },
};
