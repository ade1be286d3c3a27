/** From the click on Join to the first decoded frame of somebody who is already there. */
import { Participant } from '../browser/participant.ts';
import { startService } from '../e2e/service.ts';
import { quantile, writeResult } from './report.ts';

const JOINS = 20;
/** One before the count: it fills the caches of a fresh service and browser. */
const WARM_UP = 1;

export async function benchJoin(): Promise<void> {
  const service = await startService();
  const host = await Participant.open({ name: 'Mia', url: service.url });
  const guest = await Participant.open({ name: 'Ben', url: service.url });
  try {
    await host.signUp('mia@example.org', 'correct horse battery');
    const link = await host.createRoom('Bench');
    await host.join(link);

    const times: number[] = [];
    for (let i = 0; i < WARM_UP + JOINS; i += 1) {
      const ms = await timeJoin(guest, link);
      if (i >= WARM_UP) times.push(ms);
      console.log(`join ${i + 1 - WARM_UP}/${JOINS}: ${ms.toFixed(0)} ms${i < WARM_UP ? ' (warm-up)' : ''}`);
    }
    const medianMs = Math.round(quantile(times, 0.5));
    const p95Ms = Math.round(quantile(times, 0.95));
    const file = await writeResult('join', {
      what: 'click on Join → first decoded remote frame, loopback, ms',
      medianMs,
      p95Ms,
      joins: times.map(Math.round),
    });
    console.log(`\nclick on Join → first decoded remote frame: median ${medianMs} ms, p95 ${p95Ms} ms`);
    console.log(`written to ${file}`);
  } finally {
    await Promise.all([host.close(), guest.close()]);
    await service.stop();
  }
}

/** One join by a person who has the pre-join page open, measured in the page; then leaves. ms. */
async function timeJoin(guest: Participant, link: string): Promise<number> {
  const { page } = guest;
  await page.goto('about:blank');
  await guest.prepareToJoin(link);
  const measured = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let clickedAt = 0;
        document.addEventListener(
          'click',
          () => {
            clickedAt ||= performance.now();
            const look = () => {
              const video = document.querySelector<HTMLVideoElement>(
                '[role="group"][aria-label="Mia"] video',
              );
              if (!video) return requestAnimationFrame(look);
              return video.requestVideoFrameCallback((now) => resolve(now - clickedAt));
            };
            look();
          },
          { capture: true, once: true },
        );
      }),
  );
  await guest.clickJoin();
  const ms = await measured;
  await guest.press('Leave');
  await page.getByRole('button', { name: 'Rejoin' }).waitFor();
  return ms;
}
