import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { droppedBySockets, dropsByInode } from './socket-drops.ts';

describe('packets that a socket had no room for', () => {
  it('are read from the table of the kernel', () => {
    const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  353: 0100007F:9C40 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 31337 2 0000000000000000 12
 1206: 00000000:B4C1 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 4711 2 0000000000000000 0
`;
    expect([...dropsByInode(table)]).toEqual([
      ['31337', 12],
      ['4711', 0],
    ]);
  });

  it('are counted for the sockets of this process', async () => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 });
    const sender = createSocket('udp4');
    try {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      sender.connect(socket.address().port, '127.0.0.1');
      await once(sender, 'connect');
      const before = droppedBySockets();
      // Nobody reads while this loop goes on.
      for (let i = 0; i < 200; i += 1) sender.send(Buffer.alloc(1_000));
      expect(droppedBySockets()).toBeGreaterThan(before);
    } finally {
      socket.close();
      sender.close();
    }
  });
});
