/**
 * Network namespaces, by the programs of iproute2 and nftables. Everything is synchronous, because it takes milliseconds and
 * has to work while the process ends.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hasCode } from '../setup/errno.ts';
import { isRunning } from '../setup/test-processes.ts';

/** Followed by the pid of the process that made it, so that runs beside each other do not meet. */
const PREFIX = 'vcl-';

/** Newest first: the order in which they go. */
const own: Namespace[] = [];
process.on('exit', removeOwnNamespaces);

/** Runs a program to its end and returns what it printed. @throws with its words when it fails */
function run(command: string, args: readonly string[], input = ''): string {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', input });
  if (error) throw error;
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${stderr.trim()}`);
  return stdout;
}

export class Namespace {
  readonly name: string;

  /** @param role what it stands for, such as `sfu` */
  constructor(role: string) {
    this.name = `${PREFIX}${process.pid}-${role}`;
    run('ip', ['netns', 'add', this.name]);
    own.unshift(this);
    this.ip('link', 'set', 'lo', 'up');
  }

  ip(...args: string[]): void {
    run('ip', ['-n', this.name, ...args]);
  }

  tc(...args: string[]): void {
    run('tc', ['-n', this.name, ...args]);
  }

  nft(script: string): void {
    run('ip', ['netns', 'exec', this.name, 'nft', '-f', '-'], script);
  }

  /** Runs a program to its end. @returns what it printed. @throws with its words when it fails */
  exec(command: string, ...args: string[]): string {
    return run('ip', ['netns', 'exec', this.name, command, ...args]);
  }

  /** Lets it pass on packets that are for others, as a router does. */
  forwardPackets(): void {
    run('ip', ['netns', 'exec', this.name, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
  }

  /** Joins two namespaces by a cable with an interface at each end. */
  connect(ownInterface: string, other: Namespace, otherInterface: string): void {
    this.ip(
      ...['link', 'add', ownInterface, 'type', 'veth'],
      ...['peer', 'name', otherInterface, 'netns', other.name],
    );
    this.ip('link', 'set', ownInterface, 'up');
    other.ip('link', 'set', otherInterface, 'up');
  }

  /** Ends what runs in it, and removes it. */
  remove(): void {
    own.splice(own.indexOf(this), 1);
    remove(this.name);
  }

  /** Kills the processes in it whose command line matches, as `kill -9` does. @returns how many there were */
  kill(pattern = /./): number {
    const pids = pidsIn(this.name).filter((pid) => pattern.test(commandLineOf(pid)));
    for (const pid of pids) signal(pid, 'SIGKILL');
    return pids.length;
  }

  /** To every process in it. */
  signal(name: NodeJS.Signals): void {
    for (const pid of pidsIn(this.name)) signal(pid, name);
  }
}

/** Ends what runs in the namespaces of this process, and removes them. */
export function removeOwnNamespaces(): void {
  for (const { name } of own.splice(0)) remove(name);
}

/** Removes what runs that were killed have left behind. */
export function removeLeftovers(): void {
  for (const line of run('ip', ['netns', 'list']).split('\n')) {
    const [name = ''] = line.split(' ');
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) remove(name);
  }
}

function remove(name: string): void {
  try {
    for (const pid of pidsIn(name)) signal(pid, 'SIGKILL');
    run('ip', ['netns', 'delete', name]);
  } catch (error) {
    console.error(`The namespace ${name} could not be removed: ${String(error)}`);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself meanwhile.
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

function pidsIn(name: string): number[] {
  return run('ip', ['netns', 'pids', name]).split('\n').filter(Boolean).map(Number);
}

/** Empty for a process that has just ended. */
function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
