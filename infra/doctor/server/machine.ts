/** What the machine allows: open files, kernel buffers, cores, Node. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { LIMITS } from '@vcallpe/shared';
import type { SfuConfig } from '@vcallpe/sfu-server/config';
import { doubtful, good, wrong, type Finding, type Tell } from '../finding.ts';
import { listenerOn } from './listener.ts';

/** One full room of people who came over TCP: a signaling socket and two of media each, and what the process has itself. */
const FILES_WANTED = LIMITS.participantsPerRoom * 3 + 200;
/** With fewer, a few dozen people are the end. */
const FILES_NEEDED = 512;
/** What `sfu-server/src/media/media-worker.ts` asks for, bytes. */
export const SOCKET_BUFFER_BYTES = 4_000_000;
/** Node runs TypeScript as it is from here on. */
const NODE_MAJOR = 24;

/** @param whose the media server's, when it runs here; else what it would inherit from the doctor's own shell */
export function judgeOpenFiles(limit: number, whose: 'running' | 'shell' = 'shell'): Finding {
  const check = 'Open files';
  const who = whose === 'running' ? 'The media server that runs here' : 'A process';
  const says = `${who} may open ${limit} files and sockets`;
  const remedy = `Allow ${FILES_WANTED} (LimitNOFILE= in its systemd unit, ulimit -n in a shell).`;
  if (limit >= FILES_WANTED) return good(check, `${says}.`);
  return limit < FILES_NEEDED
    ? wrong(check, `${says}, which are used up by a few dozen people.`, remedy)
    : doubtful(check, `${says}; one full meeting may need ${FILES_WANTED}.`, remedy);
}

export function judgeBuffers(receiveBytes: number, sendBytes: number): Finding {
  const check = 'Kernel buffers';
  if (Math.min(receiveBytes, sendBytes) >= SOCKET_BUFFER_BYTES) {
    return good(check, 'Media sockets get the buffers of 4 MB that they ask for.');
  }
  return doubtful(
    check,
    `Media sockets ask for buffers of 4 MB, and the kernel gives ${Math.round(receiveBytes / 1000)} kB for receiving and ${Math.round(sendBytes / 1000)} kB for sending: bursts are lost.`,
    'sysctl -w net.core.rmem_max=4194304 net.core.wmem_max=4194304, and the same in /etc/sysctl.d.',
  );
}

export function judgeWorkers(workers: number, cores: number): Finding {
  const check = 'Workers';
  const says = `${workers} mediasoup ${workers === 1 ? 'worker' : 'workers'} on ${cores} ${cores === 1 ? 'core' : 'cores'}`;
  return workers <= cores
    ? good(check, `${says}.`)
    : doubtful(check, `${says}: they take turns.`, `Set WORKERS to ${cores}, or leave it out.`);
}

export function judgeNode(version: string): Finding {
  const major = Number(version.split('.')[0]);
  return major >= NODE_MAJOR
    ? good('Node', `Node ${version}.`)
    : wrong('Node', `Node ${version} can’t run VCallPe.`, `Install Node ${NODE_MAJOR} or later.`);
}

async function openFilesOf(pid: number | 'self' | undefined): Promise<number | undefined> {
  if (pid === undefined) return undefined;
  const limits = await readFile(`/proc/${pid}/limits`, 'utf8').catch(() => '');
  const [, limit] = /^Max open files\s+(\d+|unlimited)/m.exec(limits) ?? [];
  if (limit === undefined) return undefined;
  return limit === 'unlimited' ? Infinity : Number(limit);
}

/** What can't be read here, because this is no Linux, is passed over. */
export async function checkMachine(
  { workers, port }: Pick<SfuConfig, 'workers' | 'port'>,
  tell: Tell,
): Promise<void> {
  tell(judgeNode(process.versions.node));
  tell(judgeWorkers(workers, availableParallelism()));
  // A service has limits of its own, and its workers inherit them.
  const running = await openFilesOf(await listenerOn(port));
  const limit = running ?? (await openFilesOf('self'));
  if (limit !== undefined) tell(judgeOpenFiles(limit, running === undefined ? 'shell' : 'running'));
  const [receive, send] = await Promise.all(
    ['rmem_max', 'wmem_max'].map((name) =>
      readFile(`/proc/sys/net/core/${name}`, 'utf8').then(Number, () => undefined),
    ),
  );
  if (receive !== undefined && send !== undefined) tell(judgeBuffers(receive, send));
}
