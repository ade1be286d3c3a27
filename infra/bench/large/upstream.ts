/** `upstream`: what a camera uploads when nobody shows its tile. */
import { until } from '../../browser/wait.ts';
import { writeResult } from '../report.ts';
import { printTable } from '../table.ts';
import { openHall } from './hall.ts';
import { measureWindow } from './window.ts';

const PUBLISHERS = 30;
const SECONDS = 10;
const AIM_KBPS = 60;

export async function benchUpstream(): Promise<void> {
  const hall = await openHall({ publishers: PUBLISHERS, receivers: PUBLISHERS, page: 0 });
  try {
    await hall.fill(PUBLISHERS, () => ({ publishes: true, speaks: false }));
    // A newcomer to a small room is expected to look at everyone until it says otherwise.
    await until(
      'publishers to be told',
      async () => (await measureWindow(hall, 1)).uploadedVideoKbpsEach < AIM_KBPS,
    );
    const { uploadedVideoKbpsEach } = await measureWindow(hall, SECONDS);
    const rows = [
      {
        what: 'video that each of them uploads',
        aim: `≤ ${AIM_KBPS} kbit/s`,
        measured: `${uploadedVideoKbpsEach} kbit/s`,
        ok: uploadedVideoKbpsEach <= AIM_KBPS,
      },
    ];
    const file = await writeResult('upstream', { what: `${PUBLISHERS} cameras that nobody shows`, rows });
    printTable('Upstream', rows);
    console.log(`written to ${file}`);
  } finally {
    await hall.close();
  }
}
