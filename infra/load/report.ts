/** A run, for machines as JSON and for people as a table. Pure. */
import { quantile } from '../bench/report.ts';
import type { JoinTimes, Tally } from './crowd.ts';
import { LATE_MS } from './expectation.ts';
import { lossPercent, type Latency, type Measurement, type ParticipantReception } from './measure.ts';
import { tallyText, type Verdict } from './verdict.ts';

/** How many of those who fared worst are shown. */
const WORST = 5;

export interface Quantiles {
  count: number;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

export interface RateLimited {
  requests: number;
  longestWaitMs: number;
}

export interface RunReport {
  url: string;
  room: string;
  /** Unix time in ms, when measuring ended. */
  at: number;
  /** From the request for a grant to being in the room. Undefined when nobody came in. */
  joins: Quantiles | undefined;
  joinFailures: Tally;
  /** From the request for a grant to the first frame of the last tile of the first page. */
  allTiles: Quantiles | undefined;
  /** Requests that the service put off, and that were repeated; their wait is not in the times of joins. */
  rateLimited: RateLimited;
  lost: Tally;
  /** Participants that opened new transports as the same peer, because a worker died or was drained. */
  moves: number;
  /** Tiles that took longer to begin than a client waits before it tells the server, which then repairs; in the whole run. */
  lateTiles: number;
  problems: Tally;
  measurement: Measurement;
  verdict: Verdict;
}

export function joinQuantiles(joins: readonly JoinTimes[]): Pick<RunReport, 'joins' | 'allTiles'> {
  return {
    joins: quantiles(joins.map(({ joinMs }) => joinMs)),
    allTiles: quantiles(joins.map(({ allTilesMs }) => allTilesMs).filter((ms) => ms !== undefined)),
  };
}

function quantiles(values: readonly number[]): Quantiles | undefined {
  if (values.length === 0) return undefined;
  const [p50Ms, p95Ms, maxMs] = [0.5, 0.95, 1].map((share) => quantile(values, share)) as [
    number,
    number,
    number,
  ];
  return { count: values.length, p50Ms, p95Ms, maxMs };
}

/** Those with tracks missing first, then by freezes, loss and latency; nobody with whom all is well. */
export function worst(participants: readonly ParticipantReception[], count = WORST): ParticipantReception[] {
  const badness = (each: ParticipantReception) => [
    each.video.missing.length + each.audio.missing.length,
    each.freezes,
    lossPercent(each),
    each.latency?.p95Ms ?? 0,
  ];
  const ranked = participants.map((participant) => ({ participant, badness: badness(participant) }));
  ranked.sort((a, b) => {
    const differing = a.badness.findIndex((value, i) => value !== b.badness[i]);
    return differing === -1 ? 0 : (b.badness[differing] ?? 0) - (a.badness[differing] ?? 0);
  });
  return ranked.slice(0, count).map(({ participant }) => participant);
}

export function formatReport(report: RunReport): string {
  const { measurement, joins, allTiles, verdict } = report;
  const { total, participants, processes, sent, seconds } = measurement;
  const failures = Object.values(report.joinFailures).reduce((sum, count) => sum + count, 0);
  const rows: [string, string][] = [
    ['joins', joins ? quantilesText(joins) : 'none'],
    ['  failures', failures === 0 ? '0' : `${failures}: ${tallyText(report.joinFailures)}`],
    ['  rate limited', rateLimitText(report.rateLimited)],
    ['join → all tiles', allTiles ? quantilesText(allTiles) : 'nobody had tiles to wait for'],
    ['cut off', tallyText(report.lost) || '0'],
    ['changed worker', String(report.moves)],
    ['late tiles', `${report.lateTiles} took more than ${LATE_MS / 1000} s to begin`],
    ['failed requests', tallyText(report.problems) || '0'],
    ['video tracks', `${total.video.received} of ${total.video.expected} expected`],
    ['audio tracks', `${total.audio.received} of ${total.audio.expected} expected`],
    [
      'received',
      `${count(total.packets)} packets, ${perSecond(total.packets, seconds)}, ${rate(total.bytes, seconds)}`,
    ],
    [
      'sent',
      `${perSecond(sent.videoPackets + sent.audioPackets, seconds)}, ${rate(sent.videoBytes + sent.audioBytes, seconds)}` +
        (sent.sendFailures > 0 ? `; ${count(sent.sendFailures)} packets could not be sent` : ''),
    ],
    ['loss', `${lossPercent(total).toFixed(3)} %: ${count(total.lostPackets)} packets never came`],
    ['repaired', `${count(total.repairedPackets)} packets came when asked for again`],
    ['freezes', `${total.freezes}; the longest gap was ${total.longestGapMs.toFixed(0)} ms`],
    ['latency', total.latency ? latencyText(total.latency) : 'unknown'],
  ];
  const sections = [
    `${participants.filter(({ left }) => !left).length} participants in ${report.room} at ${report.url}, ${seconds.toFixed(1)} s`,
    columns(rows),
    `worst participants${participants.length > WORST ? `, ${WORST} of ${participants.length}; --json has all` : ''}\n${columns(
      [
        ['', 'video', 'audio', 'loss', 'repaired', 'freezes', 'latency p95'],
        ...worst(participants).map(participantRow),
      ],
    )}`,
    `this load tester\n${columns([
      ['', 'CPU, of a core', 'event loop p99', 'longest', 'sockets were full', 'memory'],
      ...processes.map(({ name, cpuPercent, loopP99Ms, loopMaxMs, droppedPackets, residentBytes }) => [
        name,
        `${cpuPercent.toFixed(0)} %`,
        `${loopP99Ms.toFixed(1)} ms`,
        `${loopMaxMs.toFixed(0)} ms`,
        `${count(droppedPackets)} packets`,
        `${(residentBytes / 2 ** 20).toFixed(0)} MB`,
      ]),
    ])}`,
    formatVerdict(verdict),
  ];
  return sections.join('\n\n');
}

export function formatVerdict({ exitCode, generator, service }: Verdict): string {
  const list = (reasons: readonly string[]) => reasons.map((reason) => `  ${reason}`).join('\n');
  if (exitCode === 0) return '✓ Every expected track came, within the limits.';
  if (generator.length === 0) return `✗ The service did not hold up:\n${list(service)}`;
  const parts = [
    `✗ This machine was too slow to tell: the load tester was itself the bottleneck.\n${list(generator)}`,
  ];
  if (service.length > 0) parts.push(`  What follows may be its own doing:\n${list(service)}`);
  parts.push('  Use fewer participants, fewer tiles or less video, or a machine of its own with more cores.');
  return parts.join('\n');
}

function participantRow(participant: ParticipantReception): string[] {
  const { name, left, video, audio, repairedPackets, freezes, latency } = participant;
  return [
    left ? `${name} (left)` : name,
    `${video.received}/${video.expected}`,
    `${audio.received}/${audio.expected}`,
    `${lossPercent(participant).toFixed(3)} %`,
    String(repairedPackets),
    String(freezes),
    latency ? ms(latency.p95Ms) : '',
  ];
}

function quantilesText({ count: joined, p50Ms, p95Ms, maxMs }: Quantiles): string {
  return `${joined}; p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, longest ${ms(maxMs)}`;
}

function latencyText({ p50Ms, p95Ms, p99Ms }: Latency): string {
  return `p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, p99 ${ms(p99Ms)} from capture to arrival`;
}

function rateLimitText({ requests, longestWaitMs }: RateLimited): string {
  if (requests === 0) return '0';
  return `${requests} requests were put off and repeated, by up to ${(longestWaitMs / 1000).toFixed(0)} s each`;
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function perSecond(packets: number, seconds: number): string {
  return `${count(Math.round(packets / seconds))} a second`;
}

function rate(bytes: number, seconds: number): string {
  return `${((bytes * 8) / seconds / 1e6).toFixed(1)} Mbit/s`;
}

/** Columns as wide as what is in them, two spaces apart. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows
    .map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
