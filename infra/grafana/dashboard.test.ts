/** The dashboard against a running node: a panel that asks for what is not there would just stay empty. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { SimulatedPeer } from '../flows/simulated-peer.ts';
import { startStack, type Stack } from '../flows/stack.ts';

const Panel = z.object({
  title: z.string(),
  type: z.string(),
  targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
});
const Dashboard = z.object({
  templating: z.object({
    list: z.array(
      z.object({ name: z.string(), query: z.union([z.string(), z.object({ query: z.string() })]) }),
    ),
  }),
  panels: z.array(Panel),
});
const dashboard = Dashboard.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'dashboards', 'vcallpe.json'), 'utf8')),
);
const targets = dashboard.panels.flatMap(({ title, targets: queries }) =>
  queries.map(({ expr, legendFormat }): [string, string, string] => [title, expr, legendFormat]),
);

/** Labels of each metric, by the name that a query uses; Prometheus adds `instance` and `job` to all of them. */
let metrics: Map<string, Set<string>>;
let exposition: string;
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ WORKERS: '2' });
  const room = await (await stack.account('Mia')).createRoom('Weekly');
  // Series with labels are there once something has happened.
  const ann = await SimulatedPeer.enter('Ann', await stack.grant(room.code, 'Ann'));
  await SimulatedPeer.enter('Ben', await stack.grant(room.code, 'Ben'));
  await ann.publish('microphone');
  exposition = await (await fetch(`${stack.sfu.url}/metrics`)).text();
  metrics = new Map();
  for (const [, name = '', labels = ''] of exposition.matchAll(/^(\w+)(?:\{(.*)\})? [^ ]+$/gm)) {
    const known = metrics.get(name) ?? new Set(['instance', 'job']);
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    metrics.set(name, known);
  }
});
afterAll(() => stack?.close());

/** What is left of a query without functions, label matchers, ranges and groupings: the metrics. */
function metricsIn(expr: string): string[] {
  const bare = expr
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replace(/\b(?:by|without) \([^)]*\)/g, '')
    .replace(/[a-z_]+ *(?=\()/g, '');
  return bare.match(/[a-z]\w+/g) ?? [];
}

/** Labels that a query matches or groups by, or that its legend shows. */
function labelsIn(expr: string, legend: string): string[] {
  const matched = [...expr.matchAll(/(\w+)=~?"/g)].map(([, label = '']) => label);
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
  const shown = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
  return [...matched, ...grouped, ...shown];
}

describe('the dashboard', () => {
  it.each(targets)('%s: %s', (_title, expr, legend) => {
    const names = metricsIn(expr);
    expect(names).not.toEqual([]);
    for (const name of names) {
      expect({ name, exists: metrics.has(name) }).toEqual({ name, exists: true });
      for (const label of labelsIn(expr, legend)) expect([...(metrics.get(name) ?? [])]).toContain(label);
    }
  });

  it('has a query in each panel, for the nodes that were chosen', () => {
    const panels = dashboard.panels.filter(({ type }) => type !== 'row');
    expect(panels.filter(({ targets: queries }) => queries.length === 0)).toEqual([]);
    for (const [, expr] of targets) {
      expect(expr.match(/\{/g)?.length).toBe(expr.match(/instance=~"\$instance"/g)?.length);
    }
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'instance']);
  });

  it('shows every metric of ours', () => {
    const asked = new Set(targets.flatMap(([, expr]) => metricsIn(expr)));
    const ours = [...exposition.matchAll(/^# TYPE (vcallpe_\w+) (\w+)$/gm)].map(([, name = '', type]) =>
      type === 'histogram' ? `${name}_bucket` : name,
    );
    expect(ours.length).toBeGreaterThan(15);
    expect(ours.filter((name) => !asked.has(name))).toEqual([]);
  });
});

describe('/metrics', () => {
  it('says in a sentence what each metric of ours is', () => {
    const helps = [...exposition.matchAll(/^# HELP (vcallpe_\w+) (.*)$/gm)];
    const types = [...exposition.matchAll(/^# TYPE (vcallpe_\w+) /gm)];
    expect(helps.map(([, name]) => name)).toEqual(types.map(([, name]) => name));
    for (const [, name, help] of helps)
      expect({ name, help }).toEqual({ name, help: expect.stringMatching(/.{5}/) });
  });

  it('has no id in any label', () => {
    expect(exposition).not.toMatch(/="[^"]*[0-9a-f]{8}/);
  });
});
