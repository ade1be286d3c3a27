/** A benchmark's outcome for a person: what was measured, beside what was aimed for. */

export interface Row {
  what: string;
  /** As the issue words it, such as `≤ 1.05 ×`. */
  aim: string;
  measured: string;
  /** Whether the aim is reached; undefined for what is only told, and for what could not be measured. */
  ok: boolean | undefined;
  /** It came, and after the time that was aimed for. */
  late?: boolean;
  /** What is measured in time, ms; for the summary of several runs. */
  ms?: number | undefined;
}

const MARKS = { reached: '✓', missed: '✗', told: ' ' };
const HEADER = { what: 'what', aim: 'aim', measured: 'measured' };

/** A title and one line for each row, in columns. */
export function formatTable(title: string, rows: readonly Row[]): string {
  const width = (column: keyof typeof HEADER) =>
    Math.max(...[HEADER, ...rows].map((row) => Array.from(row[column]).length));
  const [what, aim, measured] = [width('what'), width('aim'), width('measured')];
  const line = (mark: string, row: typeof HEADER) =>
    `  ${mark} ${pad(row.what, what)}  ${pad(row.aim, aim)}  ${row.measured}`.trimEnd();
  return [
    title,
    line(' ', HEADER),
    `    ${'─'.repeat(what)}  ${'─'.repeat(aim)}  ${'─'.repeat(measured)}`,
    ...rows.map((row) => line(markOf(row), row)),
  ].join('\n');
}

let missed = 0;

/** Aims that were not reached, in all tables that were printed. */
export function missedAims(): number {
  return missed;
}

export function printTable(title: string, rows: readonly Row[]): void {
  missed += rows.filter(({ ok }) => ok === false).length;
  console.log(`\n${formatTable(title, rows)}\n`);
}

function markOf({ ok }: Row): string {
  if (ok === undefined) return MARKS.told;
  return ok ? MARKS.reached : MARKS.missed;
}

/** By characters: a dash or a multiplication sign takes one column, whatever its length in UTF-16. */
function pad(text: string, columns: number): string {
  return text + ' '.repeat(columns - Array.from(text).length);
}
