/** A line chart as SVG, for results that a figure alone does not show. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RESULTS } from '../report.ts';

export interface Plot {
  title: string;
  x: string;
  y: string;
  lines: { name: string; points: (readonly [number, number])[] }[];
}

const WIDTH = 720;
const HEIGHT = 420;
const MARGIN = { top: 48, right: 24, bottom: 56, left: 72 };
const COLOURS = ['#1a73e8', '#188038', '#d93025', '#e37400'];
const TICKS = 5;

/** @returns the file that was written */
export async function plotLines(name: string, plot: Plot): Promise<string> {
  const file = join(RESULTS, `${name}.svg`);
  await writeFile(file, svgOf(plot));
  return file;
}

export function svgOf({ title, x, y, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points);
  const maxX = Math.max(...points.map(([at]) => at));
  const maxY = Math.max(...points.map(([, value]) => value));
  const toX = (at: number) => MARGIN.left + (at / maxX) * (WIDTH - MARGIN.left - MARGIN.right);
  const toY = (value: number) =>
    HEIGHT - MARGIN.bottom - (value / maxY) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS);
  const text = (at: number, value: number, words: string, more = '') =>
    `<text x="${at.toFixed(1)}" y="${value.toFixed(1)}" ${more}>${escape(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(MARGIN.left, 26, title, 'font-size="15" font-weight="bold"'),
    ...ticks.flatMap((share) => [
      `<path d="M${MARGIN.left} ${toY(maxY * share).toFixed(1)}H${WIDTH - MARGIN.right}" stroke="#ddd"/>`,
      text(MARGIN.left - 8, toY(maxY * share) + 4, String(Math.round(maxY * share)), 'text-anchor="end"'),
      text(
        toX(maxX * share),
        HEIGHT - MARGIN.bottom + 18,
        String(Math.round(maxX * share)),
        'text-anchor="middle"',
      ),
    ]),
    text(WIDTH / 2, HEIGHT - 12, x, 'text-anchor="middle"'),
    text(16, HEIGHT / 2, y, `text-anchor="middle" transform="rotate(-90 16 ${HEIGHT / 2})"`),
    ...lines.flatMap((line, i) => {
      const colour = COLOURS[i % COLOURS.length] ?? '#000';
      const path = line.points.map(
        ([at, value], j) => `${j ? 'L' : 'M'}${toX(at).toFixed(1)} ${toY(value).toFixed(1)}`,
      );
      return [
        `<path d="${path.join('')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...line.points.map(
          ([at, value]) =>
            `<circle cx="${toX(at).toFixed(1)}" cy="${toY(value).toFixed(1)}" r="3.5" fill="${colour}"/>`,
        ),
        text(MARGIN.left + 12, MARGIN.top + 14 + i * 18, line.name, `fill="${colour}"`),
      ];
    }),
    '</svg>\n',
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
