/** Where the workers are to listen for media, and what clients are told of it. */
import { networkInterfaces } from 'node:os';
import type { SfuConfig } from '@vcallpe/sfu-server/config';
import { good, wrong, type Finding, type Tell } from '../finding.ts';
import { judgeAnnounced } from '../outside/candidates.ts';
import { resolveHost } from '../reach.ts';

const CHECK = 'Media addresses';
const EVERYWHERE = ['0.0.0.0', '::'];

/**
 * @param listen as MEDIA_LISTEN says
 * @param own the addresses of this machine
 */
export function judgeListening(listen: SfuConfig['mediaListen'], own: readonly string[]): Finding[] {
  const found: Finding[] = [];
  for (const { ip, announcedAddress } of listen) {
    if (EVERYWHERE.includes(ip)) {
      if (announcedAddress !== undefined) continue;
      found.push(
        wrong(
          CHECK,
          `MEDIA_LISTEN has ${ip} alone, so clients would be told to send media to ${ip}.`,
          `Write ${ip}=address, with the address under which clients reach this machine.`,
        ),
      );
    } else if (!own.includes(ip) && !ip.startsWith('127.')) {
      found.push(
        wrong(
          CHECK,
          `MEDIA_LISTEN names ${ip}, which is no address of this machine (it has ${own.join(', ')}).`,
          announcedAddress === undefined
            ? `Behind a NAT, write 0.0.0.0=${ip}, or set MEDIA_ANNOUNCED_ADDRESS=${ip} instead.`
            : `Write 0.0.0.0=${announcedAddress}, or an address that this machine has.`,
        ),
      );
    }
  }
  const where = listen.map(({ ip, announcedAddress }) =>
    announcedAddress ? `${ip} as ${announcedAddress}` : ip,
  );
  return found.length > 0 ? found : [good(CHECK, `Workers listen at ${where.join(', ')}.`)];
}

/** @param pages hosts of the pages that people open, as far as the settings name them */
export async function checkAddresses(
  listen: SfuConfig['mediaListen'],
  pages: readonly string[],
  tell: Tell,
): Promise<void> {
  const own = Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map(({ address }) => address),
  );
  for (const finding of judgeListening(listen, own)) tell(finding);
  const announced = await Promise.all(
    listen.map(({ ip, announcedAddress }) => resolveHost(announcedAddress ?? ip)),
  );
  for (const page of pages) {
    const finding = judgeAnnounced(announced, await resolveHost(page));
    if (finding.level !== 'good') tell(finding);
  }
}
