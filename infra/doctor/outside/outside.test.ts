/** Deployments with a mistake planted in each, on the real stack: what somebody who opens them is told by the doctor. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PROTOCOL_VERSION } from '@vcallpe/shared';
import type { Finding } from '../finding.ts';
import { writeCertificate } from '../testing/certificates.ts';
import { freePort } from '../../e2e/free-ports.ts';
import { startDeployment, type Plant } from '../testing/deployment.ts';
import { expectWrong, wrongOnes } from '../testing/expect-finding.ts';
import { FORWARDED_ADDRESS, forwardTcp, forwardUdp } from '../testing/forwarder.ts';
import { shiftClock } from '../testing/late-clock.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vcallpe-doctor-files-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** What a test has started, ended in reverse order. */
const started: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of started.splice(0).reverse()) await each.close();
});

async function start<T extends { close(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
  const each = await starting;
  started.push(each);
  return each;
}

async function examine(plant?: Plant): Promise<Finding[]> {
  return (await start(startDeployment(plant))).examine();
}

/** Media is announced at an address where nobody is, unless something forwards from there. */
const elsewhere = (port: number): Plant => ({
  sfu: { MEDIA_LISTEN: `127.0.0.1=${FORWARDED_ADDRESS}`, RTC_PORT: String(port) },
});

describe('a deployment that is in order', () => {
  it('has nothing wrong, and leaves no room behind', async () => {
    const findings = await examine();
    expect(wrongOnes(findings)).toEqual([]);
    for (const check of ['API', 'WebSocket', 'Client', 'Media over UDP', 'Media over TCP']) {
      expect(findings).toContainEqual(expect.objectContaining({ check, level: 'good' }));
    }
    // There is no relay here, which is worth a remark.
    expect(findings).toContainEqual(expect.objectContaining({ check: 'TURN', level: 'doubtful' }));
  });
});

describe('media', () => {
  it('names an announced address that is not the media server’s', async () => {
    const findings = await examine(elsewhere(await freePort()));
    for (const check of ['Media over UDP', 'Media over TCP']) {
      expectWrong(
        findings,
        check,
        /127\.0\.0\.9 port \d+.* announced address is wrong/,
        /MEDIA_ANNOUNCED_ADDRESS/,
      );
    }
  });

  it('names UDP that is closed while TCP is open', async () => {
    const port = await freePort();
    await start(forwardTcp(port));
    const findings = await examine(elsewhere(port));
    expectWrong(findings, 'Media over UDP', /other protocol gets there/, new RegExp(`Open UDP port ${port}`));
    expect(wrongOnes(findings)).toHaveLength(1);
  });

  it('names TCP that is closed while UDP is open', async () => {
    const port = await freePort();
    await start(forwardUdp(port));
    const findings = await examine(elsewhere(port));
    expectWrong(findings, 'Media over TCP', /other protocol gets there/, new RegExp(`Open TCP port ${port}`));
    expect(wrongOnes(findings)).toHaveLength(1);
  });
});

describe('signaling', () => {
  it('names an origin that the media server refuses', async () => {
    const findings = await examine({ sfu: { ALLOWED_ORIGINS: 'https://meet.example.org' } });
    expectWrong(findings, 'WebSocket', /refuses pages of http:\/\/127\.0\.0\.1:\d+/, /ALLOWED_ORIGINS/);
  });

  it('names a media server that is not where SFU_URL says', async () => {
    const findings = await examine({ api: { SFU_URL: `http://127.0.0.1:${await freePort()}` } });
    expectWrong(findings, 'WebSocket', /can’t be reached/, /SFU_URL/);
  });

  it('names two servers with different room secrets', async () => {
    const findings = await examine({
      sfu: { ROOM_TOKEN_SECRET: 'not the one that the API signs with, alas' },
    });
    expectWrong(findings, 'Joining', /does not accept the tokens/, /ROOM_TOKEN_SECRET/);
  });

  it('names a client that is older than the server', async () => {
    const findings = await examine({ clientVersion: PROTOCOL_VERSION - 1 });
    expectWrong(
      findings,
      'Client',
      new RegExp(`protocol ${PROTOCOL_VERSION - 1}.* ${PROTOCOL_VERSION}`),
      /Build the client/,
    );
  });
});

describe('certificate and clock', () => {
  it('names a certificate that has expired', async () => {
    const findings = await examine({ api: { ...(await writeCertificate(dir, 'old', { daysLeft: -3 })) } });
    expectWrong(findings, 'TLS certificate', /127\.0\.0\.1:\d+ expired on \d{4}-\d\d-\d\d/, /TLS_CERT/);
  });

  it('names a certificate for another host', async () => {
    const wish = { names: ['other.example.org'], addresses: [] };
    const findings = await examine({ api: { ...(await writeCertificate(dir, 'other', wish)) } });
    expectWrong(
      findings,
      'TLS certificate',
      /not for 127\.0\.0\.1, but for other\.example\.org/,
      /names 127\.0\.0\.1/,
    );
  });

  it('names a certificate that nobody signed', async () => {
    const findings = await examine({ api: { ...(await writeCertificate(dir, 'own')) } });
    expectWrong(findings, 'TLS certificate', /not trusted: DEPTH_ZERO_SELF_SIGNED_CERT/, /public authority/);
  });

  it.each([
    [10 * 60_000, /API’s clock is (599|600|601) s ahead of this machine’s/],
    [-10 * 60_000, /API’s clock is (599|600|601) s behind this machine’s/],
  ])('names a clock that is off by %i ms', async (aheadMs, words) => {
    const deployment = await start(startDeployment());
    const { url } = await start(shiftClock(deployment.url, aheadMs));
    expectWrong(await deployment.examine(url), 'Clocks', words, /NTP/);
  });
});
