/** `onset`: how much of what somebody says is lost when nobody expected them to speak. */
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../../browser/wait.ts';
import { startStack } from '../../flows/stack.ts';
import { now } from '../../load/clock.ts';
import { Crowd } from '../../load/crowd.ts';
import { forkMedia } from '../../load/processes.ts';
import { quantile, writeResult } from '../report.ts';
import { printTable } from '../table.ts';
import { Viewer } from './viewer.ts';

const PARTICIPANTS = 46;
/** As long as somebody speaks before the next, ms, and a pause of a random length so that no two begin alike. */
const SPEECH_MS = 600;
const PAUSE_MS = 400;
const AIM_MS = 300;

export async function benchOnset(): Promise<void> {
  const stack = await startStack({ WORKERS: '2', WORKER_BUDGET_CONSUMERS: '150' });
  const owner = await stack.account('Onset');
  const { code } = await owner.createRoom('Onset');
  const crowd = new Crowd({
    admit: async (name) => ({ grant: await stack.grant(code, name), askedAtMs: now() }),
    media: await forkMedia({ publishers: PARTICIPANTS, receivers: PARTICIPANTS }),
    video: [],
    page: 0,
    bandwidthEstimation: 'twcc',
    seed: 5,
  });
  const lost: number[] = [];
  try {
    for (let i = 0; i < PARTICIPANTS; i += 1) await crowd.join({ publishes: true, speaks: false });
    const viewer = await Viewer.enter(await stack.grant(code, 'Listener'));
    const [room] = stack.sfu.rooms.rooms.values();
    for (const speaker of crowd.participants) {
      const producerId = room?.peers.get(speaker.peerId ?? '')?.producerOf('microphone')?.id ?? '';
      // Who is heard already loses nothing; that is not what is measured.
      if (room?.peers.get(viewer.peerId)?.receiving.consumerOf(producerId)) continue;
      await delay(Math.random() * PAUSE_MS);
      let heardAt: number | undefined;
      viewer.onFirst = (id, atMs) => {
        if (id === producerId) heardAt ??= atMs;
      };
      const startedAt = performance.now();
      await speaker.setSpeaking(true);
      await until('the speaker to be heard', () => heardAt !== undefined, { everyMs: 5 });
      lost.push((heardAt ?? Infinity) - startedAt);
      await delay(SPEECH_MS);
      await speaker.setSpeaking(false);
    }
    viewer.close();
  } finally {
    await crowd.close();
    await stack.close();
  }
  const p95 = Math.round(quantile(lost, 0.95));
  const rows = [
    {
      what: `${lost.length} people who were not heard before: lost of what they say, p95`,
      aim: `≤ ${AIM_MS} ms`,
      measured: `${p95} ms (p50 ${Math.round(quantile(lost, 0.5))}, max ${Math.round(Math.max(...lost))})`,
      ok: p95 <= AIM_MS,
    },
  ];
  const file = await writeResult('onset', {
    what: `room of ${PARTICIPANTS} open microphones, from the first loud packet sent to the first received`,
    lostMs: lost.map(Math.round),
    rows,
  });
  printTable('Onset of a new speaker', rows);
  console.log(`written to ${file}`);
}
