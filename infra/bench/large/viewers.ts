/** `viewers`: one publisher, five hundred who look at it, over both workers. */
import { writeResult } from '../report.ts';
import { printTable } from '../table.ts';
import { CAMERA } from './camera.ts';
import { openHall } from './hall.ts';
import { generatorRow, measureWindow } from './window.ts';

const VIEWERS = 500;
const SECONDS = 20;

export async function benchViewers(): Promise<void> {
  const hall = await openHall({ publishers: 1, receivers: VIEWERS, page: 1, video: CAMERA });
  try {
    await hall.fill(1, () => ({ publishes: true, speaks: true }));
    await hall.fill(VIEWERS, () => ({ publishes: false, speaks: false }));
    hall.tellProblems();
    const perWorker = hall.cpu().workers.length;
    const window = await measureWindow(hall, SECONDS);
    const { tracksExpected, tracksReceived, lostPackets, workersCpu } = window;
    const busy = workersCpu.filter((cpu) => cpu > 0.02).length;
    const rows = [
      {
        what: `tracks of ${VIEWERS} viewers`,
        aim: 'every one',
        measured: `${tracksReceived} of ${tracksExpected}`,
        ok: tracksReceived === tracksExpected && tracksExpected >= VIEWERS * 2,
      },
      { what: 'residual loss', aim: '0', measured: `${lostPackets} packets`, ok: lostPackets === 0 },
      {
        what: 'workers that forward',
        aim: String(perWorker),
        measured: String(busy),
        ok: busy === perWorker,
      },
      {
        what: 'who could not come in, was cut off, or was refused something',
        aim: '0',
        measured: String(window.troubles),
        ok: window.troubles === 0 && window.participants === VIEWERS + 1,
      },
      generatorRow('', window),
    ];
    const file = await writeResult('viewers', {
      what: `1 publisher, ${VIEWERS} viewers, 2 workers`,
      window,
      rows,
    });
    printTable('One publisher, many viewers', rows);
    console.log(`written to ${file}`);
  } finally {
    await hall.close();
  }
}
