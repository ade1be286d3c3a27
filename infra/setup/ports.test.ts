import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { assertPortsFree, portUses } from './ports.ts';
import { readSettings } from './settings.ts';

describe('portUses', () => {
  it('is both servers over TCP, and each worker over UDP and TCP on each media address', () => {
    const settings = readSettings({ HOST: '0.0.0.0', LAN_ADDRESS: '192.168.1.5', WORKERS: '2' });
    const uses = portUses(settings).map(
      (use) => `${use.variable} ${use.protocol} ${use.address}:${use.port}`,
    );
    expect(uses).toEqual([
      'PORT TCP 0.0.0.0:3000',
      'SFU_PORT TCP 0.0.0.0:3001',
      'RTC_PORT UDP 127.0.0.1:40000',
      'RTC_PORT TCP 127.0.0.1:40000',
      'RTC_PORT UDP 192.168.1.5:40000',
      'RTC_PORT TCP 192.168.1.5:40000',
      'RTC_PORT UDP 127.0.0.1:40001',
      'RTC_PORT TCP 127.0.0.1:40001',
      'RTC_PORT UDP 192.168.1.5:40001',
      'RTC_PORT TCP 192.168.1.5:40001',
    ]);
  });
});

describe('assertPortsFree', () => {
  it('names the variable of a taken TCP port, and is content once it is free', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const use = { variable: 'SFU_PORT', protocol: 'TCP' as const, address: '127.0.0.1', port };

    await expect(assertPortsFree([use])).rejects.toMatchObject({
      message: `Port ${port} (SFU_PORT) is taken: another program uses it for TCP on 127.0.0.1.`,
      remedy: expect.stringContaining(`SFU_PORT=${port + 100} npm start`),
    });
    server.close();
    await once(server, 'close');
    await assertPortsFree([use]);
  });

  it('names the variable of a taken UDP port', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    await expect(
      assertPortsFree([{ variable: 'RTC_PORT', protocol: 'UDP', address: '127.0.0.1', port }]),
    ).rejects.toThrow(`Port ${port} (RTC_PORT) is taken: another program uses it for UDP on 127.0.0.1.`);
    socket.close();
    await once(socket, 'close');
  });

  it('says when the address is not one of this machine', async () => {
    // 203.0.113.0/24 is reserved for documentation.
    await expect(
      assertPortsFree([{ variable: 'PORT', protocol: 'TCP', address: '203.0.113.7', port: 3000 }]),
    ).rejects.toThrow('203.0.113.7 is not an address of this machine.');
  });
});
