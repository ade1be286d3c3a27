/** `paging`: one after the other turns the page in a room of hundreds; and which layer comes, as the SFU itself sees it. */
import { setTimeout as delay } from 'node:timers/promises';
import { quantile, writeResult } from '../report.ts';
import { printTable } from '../table.ts';
import { openHall, PEOPLE, VOICES } from './hall.ts';
import { measureLayers } from './right-layer.ts';

const TURNS = 200;
/** Between two turns, ms. */
const PAUSE_MS = 100;
const AIM_MS = 400;
const LAYER_AIM_MS = 1000;

export async function benchPaging(): Promise<void> {
  const times = await turnPages();
  const complete = times.filter((ms) => ms !== undefined);
  const missing = times.length - complete.length;
  const p95 = Math.round(quantile(complete, 0.95));
  const layers = await measureLayers();
  const layerP95 = Math.round(quantile(layers, 0.95));
  const layerMax = Math.round(Math.max(...layers));
  const beyond = layers.filter((ms) => ms > LAYER_AIM_MS).length;
  const rows = [
    {
      what: `next page in a room of ${PEOPLE}: first frames of all 9 tiles, p95`,
      aim: `≤ ${AIM_MS} ms`,
      measured: `${p95} ms (p50 ${Math.round(quantile(complete, 0.5))}), ${missing} incomplete`,
      ok: p95 <= AIM_MS && missing === 0,
    },
    {
      what: 'the layer that each tile needs is the one that flows, p95 and all',
      aim: `≤ ${LAYER_AIM_MS} ms`,
      measured: `p95 ${layerP95} ms, ${beyond} of ${layers.length} later than ${LAYER_AIM_MS} ms, all within ${layerMax} ms`,
      ok: layerP95 <= LAYER_AIM_MS,
    },
  ];
  const file = await writeResult('paging', {
    what: `${TURNS} turns of a page of 9, every ${PAUSE_MS} ms, by different people`,
    allTilesMs: complete.map(Math.round),
    rightLayerMs: layers.map(Math.round),
    rows,
  });
  printTable('Paging', rows);
  console.log(`written to ${file}`);
}

/** @returns ms from each turn until all tiles of the new page show something */
async function turnPages(): Promise<(number | undefined)[]> {
  const hall = await openHall({ publishers: PEOPLE, receivers: PEOPLE });
  try {
    await hall.fill(PEOPLE, (i) => ({ publishes: true, speaks: i < VOICES + 1 }));
    const { participants } = hall.crowd;
    const turns: Promise<number | undefined>[] = [];
    for (let i = 0; i < TURNS; i += 1) {
      // Seven is no divisor of the participants, so they come from all over the room.
      const turned = participants[(i * 7) % participants.length]?.turnPage();
      turns.push(Promise.resolve(turned).then((shown) => shown?.allTilesMs));
      await delay(PAUSE_MS);
    }
    return await Promise.all(turns);
  } finally {
    await hall.close();
  }
}
