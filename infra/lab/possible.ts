/** Whether this machine can be a lab: it takes Linux, root, network namespaces, iproute2, nftables and coturn. */
import { spawnSync } from 'node:child_process';
import { Namespace } from './namespace.ts';

/** Undefined when it can; otherwise why it can't, in words. */
export function whyNoLab(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces take root';
  for (const [program, flag, of] of [
    ['ip', '-V', 'iproute2'],
    ['tc', '-V', 'iproute2'],
    ['nft', '--version', 'nftables'],
    ['turnserver', '--help', 'coturn'],
  ] as const) {
    if (spawnSync(program, [flag]).error) return `${program} is not installed (package ${of})`;
  }
  return tryIt();
}

/** The same for a line that is long: it takes a C compiler and TUN devices as well. */
export function whyNoDelay(): string | undefined {
  if (spawnSync('cc', ['--version']).error) return 'cc is not installed (package gcc)';
  return tryIn('delay', (namespace) => namespace.ip(...'tuntap add try mode tun'.split(' ')));
}

/** Containers often have the programs and not the permission. */
function tryIt(): string | undefined {
  return tryIn('try', (namespace) => {
    namespace.ip(...'link add one type veth peer name two'.split(' '));
    namespace.nft('table ip try { chain out { type nat hook postrouting priority srcnat; masquerade; }; }');
    namespace.tc(...'qdisc add dev one root tbf rate 1mbit burst 4kb latency 50ms'.split(' '));
    namespace.forwardPackets();
  });
}

function tryIn(role: string, work: (namespace: Namespace) => void): string | undefined {
  let namespace: Namespace | undefined;
  try {
    namespace = new Namespace(role);
    work(namespace);
    return undefined;
  } catch (error) {
    return `the kernel does not allow it: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    namespace?.remove();
  }
}
