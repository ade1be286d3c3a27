/** Attendance as a table for a spreadsheet (RFC 4180). */
import type { MeetingRecord } from '@vcallpe/shared';

/** A spreadsheet takes a cell that begins so for a formula, and people choose their own names. */
const FORMULA = /^[=+\-@\t\r]/;
/** Tells Excel that it is UTF-8. */
const BYTE_ORDER_MARK = '\u{feff}';

function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
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
