/** The lab's long line, by packets: where the machine can have one. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { whyNoDelay, whyNoLab } from './possible.ts';
import { Program } from './program.ts';
import { buildTopology, type Topology } from './topology.ts';

const DELAY_MS = 150;

/** Connects by TCP, says something, and prints how long each took, ms. */
const CALL = `
import { connect } from 'node:net';
const [host, port] = process.argv.slice(1);
const startedAt = performance.now();
const socket = connect(Number(port), host);
socket.once('connect', () => {
  const connectedAt = performance.now();
  socket.write('?');
  socket.once('data', () => {
    console.log(JSON.stringify([connectedAt - startedAt, performance.now() - connectedAt]));
    socket.destroy();
  });
});
`;
const ANSWER = `
import { createServer } from 'node:net';
const [host, port] = process.argv.slice(1);
createServer((socket) => socket.pipe(socket)).listen(Number(port), host, () => console.log('listens'));
`;
const PORT = '4000';
const NODE = [process.execPath, '--input-type=module', '--eval'] as const;

const obstacle = whyNoLab() ?? whyNoDelay();

if (obstacle === undefined) {
  describe('a long line', () => {
    let topology: Topology;
    beforeAll(async () => {
      topology = buildTopology();
      const { namespace, address } = topology.sfu;
      await Program.start(namespace, [...NODE, ANSWER, address, PORT], {
        isReady: (output) => output.includes('listens'),
        readyWithinMs: 30_000,
      });
    }, 60_000);
    afterAll(() => topology?.remove());

    const call = (): number[] => {
      const [command, ...args] = NODE;
      const { client } = topology.homes.ben;
      return JSON.parse(client.exec(command, ...args, CALL, topology.sfu.address, PORT)) as number[];
    };

    it('holds back each packet, each way, also those of the handshake', async () => {
      await topology.homes.ben.delay(DELAY_MS);
      for (const ms of call()) expect(ms).toBeGreaterThanOrEqual(2 * DELAY_MS);
    });

    it('lets everything through when the line is short again', () => {
      topology.homes.ben.restore();
      expect(call()).toHaveLength(2);
    });
  });
} else {
  describe('the long line of the lab was NOT RUN', () => {
    it(`not run: ${obstacle}`, () => {
      console.warn(`\n!!! The long line of the network lab was not run: ${obstacle}.\n`);
    });
  });
}
