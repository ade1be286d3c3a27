/** The server's half: settings and machines with a mistake planted in each, and what the doctor says of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PROTOCOL_VERSION } from '@vcallpe/shared';
import { z } from 'zod';
import { ROOT } from '../../setup/paths.ts';
import type { Finding } from '../finding.ts';
import { writeCertificate } from '../testing/certificates.ts';
import { freePort } from '../../e2e/free-ports.ts';
import { startDeployment, writeClient, type Deployment } from '../testing/deployment.ts';
import { expectWrong, wrongOnes } from '../testing/expect-finding.ts';
import { checkServer } from './check.ts';

// Each starts a worker, and some a process; the machine of a test is shared and slow.
jest.setTimeout(120_000);

let deployment: Deployment;
let dir: string;
let healthy: NodeJS.ProcessEnv;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vcallpe-doctor-server-'));
  deployment = await startDeployment();
  healthy = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'],
    DATA_DIR: dir,
    MONGODB_URI: deployment.mongodbUri,
    ACCESS_TOKEN_SECRET: 'the secret of the API, of 32 characters',
    ROOM_TOKEN_SECRET: 'the secret of both, of 32 characters',
    CLIENT_DIST: await writeClient(join(dir, 'client'), PROTOCOL_VERSION),
    MEDIA_LISTEN: '127.0.0.1',
    WORKERS: '1',
    // Where nothing of ours runs.
    PORT: String(await freePort()),
    SFU_PORT: String(await freePort()),
  };
});
afterAll(async () => {
  await deployment?.close();
  await rm(dir, { recursive: true, force: true });
});

async function examine(planted: NodeJS.ProcessEnv = {}): Promise<Finding[]> {
  const findings: Finding[] = [];
  await checkServer({ ...healthy, ...planted }, false, (finding) => findings.push(finding));
  return findings;
}

describe('settings', () => {
  it('has nothing to say against healthy ones', async () => {
    const findings = await examine();
    expect(wrongOnes(findings)).toEqual([]);
    for (const check of ['Settings', 'mediasoup worker', 'Database', 'Clocks', 'Media addresses', 'Client']) {
      expect(findings).toContainEqual(expect.objectContaining({ check, level: 'good' }));
    }
  });

  it('names secrets that are equal, and does not tell them', async () => {
    const secret = 'one secret for everything, which is bad';
    const findings = await examine({ ACCESS_TOKEN_SECRET: secret, ROOM_TOKEN_SECRET: secret });
    expectWrong(
      findings,
      'Settings',
      /ROOM_TOKEN_SECRET must differ from ACCESS_TOKEN_SECRET/,
      /ROOM_TOKEN_SECRET/,
    );
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it.each([
    [{ PORT: '99999' }, /PORT is "99999"/],
    [{ AUDIBLE_SPEAKERS: '0' }, /AUDIBLE_SPEAKERS/],
    [{ ICE_SERVERS: 'stun:stun.example.org' }, /ICE_SERVERS must be a JSON array/],
  ])('names each that does not fit: %j', async (planted, words) => {
    expectWrong(await examine(planted), 'Settings', words, /./);
  });
});

describe('database', () => {
  it('names one that can’t be reached, without its password', async () => {
    const uri = `mongodb://mia:open-sesame@127.0.0.1:${await freePort()}/vcallpe`;
    const findings = await examine({ MONGODB_URI: uri });
    expectWrong(findings, 'Database', /does not answer/, /MONGODB_URI/);
    expect(JSON.stringify(findings)).not.toContain('open-sesame');
  });

  it('says that the embedded one does not run', async () => {
    const findings = await examine({ MONGODB_URI: '' });
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'Database', level: 'doubtful', says: expect.stringContaining(dir) }),
    );
  });
});

describe('worker', () => {
  it('names a binary that is missing', async () => {
    const findings = await examine({ MEDIASOUP_WORKER_BIN: join(dir, 'nothing') });
    expectWrong(findings, 'mediasoup worker', /there is no such file/, /MEDIASOUP_WORKER_BIN/);
  });

  it('names a binary that is something else', async () => {
    const findings = await examine({ MEDIASOUP_WORKER_BIN: '/bin/true' });
    expectWrong(findings, 'mediasoup worker', /no mediasoup-worker/, /MEDIASOUP_WORKER_BIN/);
  });
});

describe('addresses', () => {
  it('names a private address that is announced to the public', async () => {
    const planted = {
      ALLOWED_ORIGINS: 'https://198.51.100.7',
      MEDIA_LISTEN: '',
      MEDIA_ANNOUNCED_ADDRESS: '10.0.0.5',
    };
    const words = /198\.51\.100\.7, which everybody can reach.*10\.0\.0\.5, which only its own network can/;
    expectWrong(await examine(planted), 'Announced addresses', words, /MEDIA_ANNOUNCED_ADDRESS/);
  });

  it('names an address that the machine does not have', async () => {
    const findings = await examine({ MEDIA_LISTEN: '198.51.100.7' });
    expectWrong(
      findings,
      'Media addresses',
      /198\.51\.100\.7, which is no address/,
      /MEDIA_ANNOUNCED_ADDRESS/,
    );
  });

  it('names a wildcard that is announced as it is', async () => {
    const findings = await examine({ MEDIA_LISTEN: '0.0.0.0' });
    expectWrong(findings, 'Media addresses', /send media to 0\.0\.0\.0/, /0\.0\.0\.0=address/);
  });
});

describe('certificate and client', () => {
  it('names a key that belongs to another certificate', async () => {
    const [one, other] = [await writeCertificate(dir, 'one'), await writeCertificate(dir, 'other')];
    const findings = await examine({ TLS_CERT: one.TLS_CERT, TLS_KEY: other.TLS_KEY });
    expectWrong(findings, 'TLS certificate', /key does not belong/, /TLS_KEY/);
  });

  it('names all that is wrong with a certificate', async () => {
    const files = await writeCertificate(dir, 'old', {
      names: ['old.example.org'],
      addresses: [],
      daysLeft: -1,
    });
    const findings = await examine({ ...files, ALLOWED_ORIGINS: 'https://meet.example.org' });
    expectWrong(findings, 'TLS certificate', /expired on/, /Renew/);
    expectWrong(
      findings,
      'TLS certificate',
      /not for meet\.example\.org, but for old\.example\.org/,
      /names meet/,
    );
  });

  it('remarks on a certificate that will expire soon', async () => {
    const findings = await examine({ ...(await writeCertificate(dir, 'soon', { daysLeft: 10 })) });
    expect(findings).toContainEqual(expect.objectContaining({ check: 'TLS certificate', level: 'doubtful' }));
  });

  it('names a client of another version', async () => {
    const CLIENT_DIST = await writeClient(join(dir, 'next'), PROTOCOL_VERSION + 1);
    expectWrong(await examine({ CLIENT_DIST }), 'Client', /nobody can join/, /Update and restart/);
  });
});

describe('npm run doctor', () => {
  const Output = z.object({
    findings: z.array(
      z.object({
        check: z.string(),
        level: z.enum(['good', 'doubtful', 'wrong']),
        says: z.string(),
        remedy: z.string().optional(),
      }),
    ),
  });

  /** As the shell of an operator runs it. */
  async function run(command: string): Promise<{ code: unknown; output: string }> {
    const env = { ...healthy, NODE: process.execPath };
    const child = spawn('bash', ['-c', command], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return { code, output };
  }

  it('names too few open files, as JSON, and ends with 1', async () => {
    const file = join(dir, 'findings.json');
    const { code } = await run(`ulimit -n 256 && exec "$NODE" infra/doctor/main.ts --json ${file}`);
    const { findings } = Output.parse(JSON.parse(await readFile(file, 'utf8')));
    expectWrong(findings, 'Open files', /may open 256 files/, /LimitNOFILE/);
    expect(code).toBe(1);
  });

  it('names too few open files of what runs, whatever its own shell allows', async () => {
    const port = await freePort();
    const program = `require('node:net').createServer().listen(${port}, '127.0.0.1', () => console.log('up'))`;
    const command = `ulimit -n 300 && exec "$NODE" -e "${program}"`;
    const running = spawn('bash', ['-c', command], {
      env: { ...healthy, NODE: process.execPath },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(running.stdout, 'data');
      const findings = await examine({ SFU_PORT: String(port) });
      expectWrong(findings, 'Open files', /media server that runs here may open 300 files/, /LimitNOFILE/);
    } finally {
      running.kill();
      await once(running, 'exit');
    }
  });

  it('goes to a service, and ends with 0 when nothing is wrong there', async () => {
    const { code, output } = await run(
      `exec "$NODE" infra/doctor/main.ts --url ${deployment.url}/r/whatever`,
    );
    expect(output).toContain('✓ Media over UDP: ');
    expect(output).toContain('Nothing is wrong');
    expect(code).toBe(0);
  });

  it('says what it does not understand, and ends with 1', async () => {
    expect((await run('exec "$NODE" infra/doctor/main.ts --url nowhere 2>&1')).output).toContain('"nowhere"');
    expect((await run('exec "$NODE" infra/doctor/main.ts --room 1234 2>/dev/null')).code).toBe(1);
  });
});
