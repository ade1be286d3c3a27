/** Something to share: a slide in a tab of its own. */
import type { Participant } from '../browser/participant.ts';

export const SLIDE_TITLE = 'Roadmap';

export async function openSlide(person: Participant): Promise<void> {
  const browser = person.page.context().browser();
  if (!browser) throw new Error('Unreachable');
  const tab = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await tab.setContent(`<!doctype html><title>${SLIDE_TITLE}</title><style>
    body { margin: 0; padding: 64px 80px; font: 28px/1.5 Inter, sans-serif; color: #14181f; background: #fff }
    h1 { font-size: 56px; margin: 0 0 40px }
    div { display: grid; grid-template-columns: 220px 1fr 90px; gap: 24px; align-items: center; margin: 22px 0 }
    i { height: 28px; border-radius: 14px; background: #12a594 }
    b { font-variant-numeric: tabular-nums; text-align: end }
    </style><h1>Where we are</h1>
    <div>Search<i style="width: 92%"></i><b>92%</b></div>
    <div>Import<i style="width: 64%"></i><b>64%</b></div>
    <div>Reports<i style="width: 41%"></i><b>41%</b></div>
    <div>Mobile app<i style="width: 18%"></i><b>18%</b></div>
    <p id="now"></p>`);
  // A tab in which nothing changes sends no pictures.
  await tab.evaluate(() => {
    const now = document.querySelector('#now');
    setInterval(() => now && (now.textContent = `As of ${new Date().toLocaleTimeString('en-GB')}`), 500);
  });
}
