/** Attendance as a table for a spreadsheet (RFC 4180). */
import type { MeetingRecord } from '@vcallpe/shared';

/**
 * A spreadsheet takes a cell that begins so for a formula, some also after spaces or with the wide forms of these signs; and
 * people choose their own names.
 */
const FORMULA = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** Tells Excel that it is UTF-8. */
const BYTE_ORDER_MARK = '\u{feff}';

/** Always in quotes: where a comma is the decimal mark, a spreadsheet takes semicolons for the ends of cells. */
function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** One line for each stay; times are UTC, as ISO 8601. */
export function attendanceCsv({ attendances }: MeetingRecord): string {
  const stays = attendances.map(({ participantId, displayName, role, joinedAt, leftAt }) => [
    displayName,
    participantId,
    role,
    new Date(joinedAt).toISOString(),
    leftAt === undefined ? '' : new Date(leftAt).toISOString(),
    leftAt === undefined ? '' : String(Math.round((leftAt - joinedAt) / 6_000) / 10),
  ]);
  return BYTE_ORDER_MARK + toCsv([['Name', 'Account', 'Role', 'Joined', 'Left', 'Minutes'], ...stays]);
}
