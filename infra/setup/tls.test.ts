import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.ts';
import { testFolder } from './test-folder.ts';
import { prepareTls } from './tls.ts';

const folder = testFolder();

function settingsWith(lanAddress: string, dataDir = 'data') {
  return readSettings({ DATA_DIR: join(folder, dataDir), LAN_ADDRESS: lanAddress }, { https: true });
}

describe('prepareTls', () => {
  it('makes a certificate for this machine, and keeps its key to its owner', async () => {
    const files = await prepareTls(settingsWith('192.168.1.5'));
    const certificate = new X509Certificate(readFileSync(files.cert));
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('192.168.1.5')).toBe('192.168.1.5');
    expect(certificate.checkIP('192.168.1.6')).toBeUndefined();
    expect(statSync(files.key).mode & 0o777).toBe(0o600);
  });

  it('keeps it while the addresses stay, and makes a new one when they change', async () => {
    const read = async (lan: string) =>
      readFileSync((await prepareTls(settingsWith(lan, 'moving'))).cert, 'utf8');
    const first = await read('192.168.1.5');
    expect(await read('192.168.1.5')).toBe(first);
    const second = await read('10.0.0.8');
    expect(second).not.toBe(first);
    expect(new X509Certificate(second).checkIP('10.0.0.8')).toBe('10.0.0.8');
  });

  it('serves a connection that trusts it', async () => {
    const files = await prepareTls(settingsWith('192.168.1.5'));
    const cert = readFileSync(files.cert);
    const server = createServer({ cert, key: readFileSync(files.key) }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, ca: cert });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
    server.close();
    await once(server, 'close');
  });
});
