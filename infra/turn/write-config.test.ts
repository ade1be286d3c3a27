import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inRepository } from '../setup/paths.ts';
import { testFolder } from '../setup/test-folder.ts';
import { runTool } from '../setup/tool.ts';

const folder = testFolder();
const TURN_SECRET = 's'.repeat(32);

/** As an operator runs it. */
function writeConfig(env: NodeJS.ProcessEnv, ...flags: string[]) {
  return runTool(process.execPath, [inRepository('infra', 'turn', 'write-config.ts'), ...flags], { env });
}

describe('write-config', () => {
  it('writes what it is told to a file that only its owner reads', async () => {
    const file = join(folder, 'turnserver.conf');
    writeFileSync(file, 'what was there', { mode: 0o644 });
    const { code, tail } = await writeConfig(
      { TURN_SECRET },
      ...['--realm', 'turn.example.org', '--listen', '10.0.0.5=203.0.113.9', '--listen', '2001:db8::5'],
      ...['--peer', '203.0.113.7', '--peer', '10.0.0.4', '--cert', '/tls/cert.pem', '--key', '/tls/key.pem'],
      ...['--out', file],
    );
    expect({ code, tail }).toEqual({ code: 0, tail: expect.stringContaining(file) });
    expect(tail).not.toContain(TURN_SECRET);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        `static-auth-secret=${TURN_SECRET}`,
        'external-ip=203.0.113.9/10.0.0.5',
        'listening-ip=2001:db8::5',
        'tls-listening-port=443',
        'allowed-peer-ip=203.0.113.7',
        'allowed-peer-ip=10.0.0.4',
        'userdb=/var/lib/turn/turndb',
      ]),
    );
  });

  it.each([
    [{}, [], 'TURN_SECRET must be set'],
    [{ TURN_SECRET: 'short' }, [], 'TURN_SECRET must be set, to at least 32 characters'],
    [{ TURN_SECRET }, ['--realm', 'a'], '--listen and --peer are needed'],
    [
      { TURN_SECRET },
      ['--listen', '10.0.0.5', '--peer', 'sfu.example.org', '--realm', 'a'],
      'A peer must be',
    ],
    [
      { TURN_SECRET },
      ['--listen', '10.0.0.5', '--peer', '10.0.0.4', '--realm', 'a', '--port', '0'],
      '--port',
    ],
    [{ TURN_SECRET }, ['--colour', 'red'], "Unknown option '--colour'"],
  ])('says what is wrong with %j %j', async (env, flags, message) => {
    const { code, tail } = await writeConfig(env, ...flags);
    expect(code).toBe(1);
    expect(tail).toContain(message);
    expect(tail).toContain('--help');
  });
});
