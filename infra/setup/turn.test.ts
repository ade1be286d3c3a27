import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { freePorts } from '../e2e/free-ports.ts';
import { inRepository } from './paths.ts';
import { portUses } from './ports.ts';
import { SetupError } from './progress.ts';
import { readSettings } from './settings.ts';
import { testFolder } from './test-folder.ts';
import { isRunning, until } from './test-processes.ts';
import { prepareTurn } from './turn.ts';

const folder = testFolder();
const SECRET = 's'.repeat(32);
const TURN = { TURN: 'local', DATA_DIR: folder, PATH: process.env['PATH'], LAN_ADDRESS: '192.168.1.5' };

/** What browsers would be told, and what the relay may reach. */
async function prepared(env: NodeJS.ProcessEnv = {}, tls?: { cert: string; key: string }) {
  const turn = await prepareTurn(readSettings({ ...TURN, ...env }), SECRET, tls);
  if (!turn) throw new Error('No relay was prepared');
  const lines = readFileSync(turn.configFile, 'utf8').split('\n');
  const valuesOf = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1));
  return { servers: JSON.parse(turn.servers) as { urls: string[]; secret: string }[], lines, valuesOf };
}

describe('prepareTurn', () => {
  it('does nothing unless TURN is set', async () => {
    expect(await prepareTurn(readSettings({ DATA_DIR: folder }), undefined)).toBeUndefined();
  });

  it('listens where media is received, and tells browsers of an address that all of them take', async () => {
    const { servers, valuesOf } = await prepared();
    expect(valuesOf('listening-ip')).toEqual(['127.0.0.1', '192.168.1.5']);
    expect(valuesOf('allowed-peer-ip')).toEqual(['127.0.0.1', '192.168.1.5']);
    expect(servers).toEqual([
      {
        urls: ['turn:192.168.1.5:3478?transport=udp', 'turn:192.168.1.5:3478?transport=tcp'],
        secret: SECRET,
      },
    ]);
  });

  it('announces itself as media is announced, and then reaches no loopback', async () => {
    const { servers, lines, valuesOf } = await prepared({ MEDIA_ANNOUNCED_ADDRESS: '203.0.113.7' });
    expect(valuesOf('listening-ip')).toEqual(['192.168.1.5']);
    expect(valuesOf('external-ip')).toEqual(['203.0.113.7/192.168.1.5']);
    expect(valuesOf('allowed-peer-ip')).toEqual(['192.168.1.5', '203.0.113.7']);
    expect(lines).not.toContain('allow-loopback-peers');
    expect(servers[0]?.urls[0]).toBe('turn:203.0.113.7:3478?transport=udp');
  });

  it('has an entry for each address, IPv6 too', async () => {
    const { servers } = await prepared({
      MEDIA_LISTEN: '10.0.0.5=203.0.113.7, 2001:db8::5',
      TURN_PORT: '3500',
    });
    expect(servers.map(({ urls }) => urls[0])).toEqual([
      'turn:203.0.113.7:3500?transport=udp',
      'turn:[2001:db8::5]:3500?transport=udp',
    ]);
  });

  it('speaks TLS with the certificate of the product, or rather with its own', async () => {
    const files = Object.fromEntries(
      ['cert.pem', 'key.pem', 'own-cert.pem', 'own-key.pem'].map((name) => {
        writeFileSync(join(folder, name), '');
        return [name, join(folder, name)];
      }),
    );
    const product = { cert: files['cert.pem'] ?? '', key: files['key.pem'] ?? '' };
    const { servers, valuesOf } = await prepared({}, product);
    expect(servers[0]?.urls[2]).toBe('turns:192.168.1.5:5349?transport=tcp');
    expect(valuesOf('cert')).toEqual([product.cert]);
    const own = { TURN_CERT: files['own-cert.pem'], TURN_KEY: files['own-key.pem'] };
    expect((await prepared(own, product)).valuesOf('cert')).toEqual([own.TURN_CERT]);
  });

  it.each([
    ['coturn that is not installed', { PATH: folder }, 'apt-get install coturn'],
    ['a certificate that is not there', { TURN_CERT: '/none.pem', TURN_KEY: '/none.pem' }, 'TURN_CERT'],
  ])('says what to do about %s', async (_, env, remedy) => {
    const failure: unknown = await prepared(env).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as SetupError).remedy).toContain(remedy);
  });
});

describe('the settings', () => {
  it.each([
    [{ TURN: 'yes' }, 'TURN is "yes" and must be local, or unset.'],
    [{ TURN_SERVERS: '[]' }, 'TURN=local starts a relay here, and TURN_SERVERS names others.'],
    [{ TURN_CERT: 'cert.pem' }, 'Only one of TURN_CERT and TURN_KEY is set.'],
    [{ TURN_PORT: '3000' }, 'PORT and TURN_PORT are both 3000.'],
    [{ TURN_SECRET: `${SECRET}\nno-auth` }, 'TURN_SECRET may have letters, digits and _ + / . ~ - only.'],
  ])('refuse %j', (env, message) => {
    expect(() => readSettings({ ...TURN, ...env })).toThrow(new SetupError(message, ''));
  });

  it('keep what is secret from the children', () => {
    const { childEnv, turnServers } = readSettings({ TURN_SERVERS: '[]', TURN_SECRET: SECRET, TZ: 'UTC' });
    expect(childEnv).toEqual({ TZ: 'UTC' });
    expect(turnServers).toBe('[]');
  });

  it('have the ports of the relay looked at, TLS where it is spoken', () => {
    const variables = (https: boolean) =>
      portUses(readSettings(TURN, { https }))
        .map(({ variable, protocol }) => `${variable} ${protocol}`)
        .filter((use) => use.startsWith('TURN'));
    expect(new Set(variables(false))).toEqual(new Set(['TURN_PORT UDP', 'TURN_PORT TCP']));
    expect(new Set(variables(true))).toContain('TURN_TLS_PORT TCP');
    expect(portUses(readSettings({})).some(({ variable }) => variable.startsWith('TURN'))).toBe(false);
  });
});

describe('turnserver', () => {
  it('ends when the supervisor is killed', async () => {
    const [port] = await freePorts(1);
    const setup = (name: string) => inRepository('infra', 'setup', `${name}.ts`);
    const script = join(folder, 'compose.mts');
    writeFileSync(
      script,
      `import { turnService } from '${setup('product')}';
      import { readSettings } from '${setup('settings')}';
      import { supervise } from '${setup('supervisor')}';
      import { prepareTurn } from '${setup('turn')}';
      const settings = readSettings(process.env);
      await supervise(() => undefined, async (supervisor) => {
        const turn = await prepareTurn(settings, process.env.TURN_SECRET);
        await supervisor.start(turnService(settings, turn));
        console.log('up');
      });`,
    );
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...TURN, MEDIA_LISTEN: '127.0.0.1', TURN_PORT: String(port), TURN_SECRET: SECRET },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    try {
      await until('the relay to be up', () => output.includes('up'));
      const pid = Number(readFileSync(join(folder, 'turn', 'turnserver.pid'), 'utf8'));
      expect(isRunning(pid)).toBe(true);
      child.kill('SIGKILL');
      await until('turnserver to be gone', () => !isRunning(pid));
    } finally {
      child.kill('SIGKILL');
    }
  });
});
