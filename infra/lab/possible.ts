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

/** Containers often have the programs and not the permission. */
function tryIt(): string | undefined {
  let namespace: Namespace | undefined;
  try {
    namespace = new Namespace('try');
    namespace.ip(...'link add one type veth peer name two'.split(' '));
    namespace.nft('table ip try { chain out { type nat hook postrouting priority srcnat; masquerade; }; }');
    namespace.tc(...'qdisc add dev one root tbf rate 1mbit burst 4kb latency 50ms'.split(' '));
    namespace.forwardPackets();
    return undefined;
  } catch (error) {
    return `the kernel does not allow it: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    namespace?.remove();
  }
}
