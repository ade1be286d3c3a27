/** A real coturn and a real media server, and what can be wrong between them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { IceServer } from '@vcallpe/shared';
import type { Finding } from '../finding.ts';
import { writeCertificate } from '../testing/certificates.ts';
import { freePort } from '../../e2e/free-ports.ts';
import { startDeployment, type Deployment } from '../testing/deployment.ts';
import { expectWrong } from '../testing/expect-finding.ts';
import {
  startTurnserver,
  TURN_SECRET,
  turnCredentials,
  turnserverIsThere,
  type Turnserver,
} from '../testing/turnserver.ts';

let deployment: Deployment | undefined;
afterEach(async () => {
  await deployment?.close();
  deployment = undefined;
});

async function examine(api: NodeJS.ProcessEnv, sfu?: NodeJS.ProcessEnv): Promise<Finding[]> {
  deployment = await startDeployment({ api, sfu });
  const findings = await deployment.examine();
  return findings.filter(({ check }) => check === 'TURN' || check === 'STUN');
}

const minted = (urls: string[], secret = TURN_SECRET) => ({
  TURN_SERVERS: JSON.stringify([{ urls, secret }]),
});
const given = (...servers: IceServer[]) => ({ ICE_SERVERS: JSON.stringify(servers) });

// Skipped tests are counted in the last line of npm test.
(turnserverIsThere() ? describe : describe.skip)('with coturn', () => {
  let relay: Turnserver;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vcallpe-doctor-turn-'));
    relay = await startTurnserver('--allow-loopback-peers');
  });
  afterAll(async () => {
    await relay?.close();
    await rm(dir, { recursive: true, force: true });
  });
  const at = (port: number, transport: 'udp' | 'tcp' = 'udp') =>
    `turn:127.0.0.1:${port}?transport=${transport}`;

  it('finds that it relays to the media server, over UDP and TCP', async () => {
    const findings = await examine(minted([at(relay.port), at(relay.port, 'tcp')]));
    expect(findings).toHaveLength(2);
    for (const { level, says } of findings) {
      expect(says).toMatch(/relays to the media server at 127\.0\.0\.1:\d+/);
      expect(level).toBe('good');
    }
  });

  it('asks a STUN server for its address', async () => {
    const findings = await examine(given({ urls: `stun:127.0.0.1:${relay.port}` }));
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'STUN',
        level: 'good',
        says: expect.stringMatching(/as 127\.0\.0\.1:\d+/),
      }),
    );
  });

  it('names a secret that is not the relay’s, and does not tell it', async () => {
    const secret = 'not the secret that the TURN server has';
    const findings = await examine(minted([at(relay.port)], secret));
    expectWrong(findings, 'TURN', /does not take the credentials/, /static-auth-secret/);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it('names credentials that expire before they are used', async () => {
    const findings = await examine(given(turnCredentials(at(relay.port), TURN_SECRET, -60)));
    expectWrong(findings, 'TURN', /expired already/, /clock of the API/);
  });

  it('names a relay that gets no answer from the media server', async () => {
    const sfu = { MEDIA_LISTEN: '127.0.0.1=127.0.0.9', RTC_PORT: String(await freePort()) };
    const findings = await examine(minted([at(relay.port)]), sfu);
    expectWrong(findings, 'TURN', /nothing comes back from the media server at 127\.0\.0\.9/, /UDP ports/);
  });

  it.each(['udp', 'tcp'] as const)('names a relay that can’t be reached over %s', async (transport) => {
    const port = await freePort();
    const findings = await examine(minted([at(port, transport)]));
    expectWrong(
      findings,
      'TURN',
      /nobody listens there/,
      new RegExp(`open ${transport.toUpperCase()} port ${port}`),
    );
  });

  it('names a relay that may not send to the media server', async () => {
    const strict = await startTurnserver();
    try {
      const findings = await examine(minted([at(strict.port)]));
      expectWrong(
        findings,
        'TURN',
        /may not send to the media server at 127\.0\.0\.1:\d+.*403/,
        /denied-peer-ip/,
      );
    } finally {
      await strict.close();
    }
  });

  it('names a relay with a certificate that clients don’t trust', async () => {
    const { TLS_CERT, TLS_KEY } = await writeCertificate(dir, 'turn');
    const tlsPort = await freePort();
    const tls = await startTurnserver(
      '--cert',
      TLS_CERT,
      '--pkey',
      TLS_KEY,
      '--tls-listening-port',
      String(tlsPort),
    );
    try {
      const findings = await examine(minted([`turns:127.0.0.1:${tlsPort}?transport=tcp`]));
      expectWrong(findings, 'TURN', /certificate that clients don’t trust/, /cert, pkey/);
    } finally {
      await tls.close();
    }
  });
});
