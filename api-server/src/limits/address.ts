/** Who a rate limit counts. */
import { isIPv4 } from 'node:net';

/**
 * The key of an address: IPv4 as it is, IPv6 by its /64, because one subscriber is given that whole
 * network and could otherwise come from a new address with every request.
 */
export function addressKey(ip: string | undefined): string {
  if (!ip) return 'unknown';
  const mapped = ip.replace(/^::ffff:/i, '');
  if (isIPv4(mapped)) return mapped;

  const [head = '', tail] = ip.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
