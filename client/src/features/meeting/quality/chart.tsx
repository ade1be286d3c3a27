/** One or two curves of the last two minutes, drawn by uPlot: see docs/decisions/0009-charts-by-uplot.md. */
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useElementSize } from '../../../hooks/use-element-size.ts';
import { extentOf, SHOWN_MS, type Curves } from './curves.ts';

const HEIGHT = 104;
/** Told apart without colour, too. */
const DASHES = [undefined, [4, 3]];
const COLOURS = ['--curve-0', '--curve-1'] as const;

interface ChartProps {
  title: string;
  /** One for each of the curves. */
  labels: readonly string[];
  curves: Curves;
  /** Stays the same function. */
  format: (value: number) => string;
  /** The scale goes from 0 to this, and further where a curve does. */
  atLeast: number;
}

export function Chart({ title, labels, curves, format, atLeast }: ChartProps) {
  const { t } = useTranslation('quality');
  const [ref, size] = useElementSize();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const width = size?.width ?? 0;
  const minutes = [t('chart.minutesAgo', { count: 2 }), t('chart.minutesAgo', { count: 1 }), t('chart.now')];
  const ticks = minutes.join('|');

  useEffect(() => {
    if (!host.current || width === 0) return undefined;
    const options = optionsOf(host.current, { width, count: labels.length, ticks, format, atLeast });
    const made = new uPlot(options, [[]], host.current);
    plot.current = made;
    return () => {
      plot.current = undefined;
      made.destroy();
    };
  }, [width, labels.length, ticks, format, atLeast]);

  useEffect(() => plot.current?.setData([curves.times, ...curves.values]));

  const said = labels.map((label, index) => {
    const extent = extentOf(curves.values[index] ?? []);
    if (!extent) return t('chart.noCurve', { label });
    const { now, min, max } = extent;
    return t('chart.curve', { label, now: format(now), min: format(min), max: format(max) });
  });
  return (
    <Box component="figure" sx={{ m: 0 }}>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'baseline', mb: 0.5 }}>
        <Typography component="h3" variant="body2" sx={{ flex: 1, fontWeight: 'fontWeightMedium' }}>
          {title}
        </Typography>
        {labels.length > 1 && labels.map((label, index) => <Key key={label} label={label} index={index} />)}
      </Box>
      <Box
        ref={ref}
        role="img"
        aria-label={t('chart.summary', { title, curves: said.join(' ') })}
        sx={(theme) => ({
          // A canvas knows no variables, so it reads these.
          '--curve-0': theme.vars.palette.stage.accent,
          '--curve-1': theme.vars.palette.stage.contrastText,
          '--grid': theme.vars.palette.stage.border,
          '--text': theme.vars.palette.stage.mutedText,
          height: HEIGHT,
          overflow: 'hidden',
        })}
      >
        <div ref={host} />
      </Box>
    </Box>
  );
}

/** How the line of a curve looks. */
function Key({ label, index }: { label: string; index: number }) {
  return (
    <Typography
      variant="caption"
      sx={{ display: 'flex', alignItems: 'center', gap: 0.5, color: 'stage.mutedText' }}
    >
      <Box
        component="svg"
        aria-hidden
        viewBox="0 0 18 2"
        sx={{ width: 18, height: 2, color: index === 0 ? 'stage.accent' : 'stage.contrastText' }}
      >
        <path d="M0 1h18" stroke="currentColor" strokeWidth={2} strokeDasharray={DASHES[index]?.join(' ')} />
      </Box>
      {label}
    </Typography>
  );
}

interface PlotOptions extends Pick<ChartProps, 'format' | 'atLeast'> {
  width: number;
  count: number;
  /** Joined by `|`, so that the chart stays while the words do. */
  ticks: string;
}

function optionsOf(
  element: HTMLElement,
  { width, count, ticks, format, atLeast }: PlotOptions,
): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: colour('--text'),
    font: `11px ${style.fontFamily}`,
    ticks: { show: false },
    grid: { stroke: colour('--grid'), width: 1 },
  };
  const from = -SHOWN_MS / 1000;
  return {
    width,
    height: HEIGHT,
    // As much at the right as half of the last word takes.
    padding: [6, 18, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [from, 0] },
      y: { range: (_, __, max) => [0, Math.max(atLeast, (max ?? 0) * 1.1)] },
    },
    series: [
      {},
      ...Array.from({ length: count }, (_, index) => ({
        stroke: colour(COLOURS[index] ?? COLOURS[0]),
        dash: DASHES[index],
        width: 1.5,
        points: { show: false },
      })),
    ],
    axes: [
      {
        ...axis,
        size: 20,
        gap: 4,
        splits: [from, from / 2, 0],
        values: () => ticks.split('|'),
      },
      { ...axis, size: 68, space: 28, values: (_, splits) => splits.map(format) },
    ],
  };
}
