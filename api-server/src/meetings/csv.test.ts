import { describe, expect, it } from '@jest/globals';
import { attendanceCsv, toCsv } from './csv.ts';

/** What a spreadsheet takes for cells where this mark is the end of one: it counts outside of quotes. */
function cellsOf(csv: string, mark: string): string[] {
  const cells = [''];
  let quoted = false;
  for (const sign of csv) {
    if (sign === '"') quoted = !quoted;
    if (!quoted && (sign === mark || sign === '\n')) cells.push('');
    else cells.push(`${cells.pop()}${sign}`);
  }
  return cells;
}

describe('toCsv', () => {
  it('quotes each cell, so that nothing in it can break a line or a column', () => {
    expect(
      toCsv([
        ['a', 'b,c'],
        ['say "hi"', 'two\nlines'],
        ['a\tb', ''],
      ]),
    ).toBe('"a","b,c"\r\n"say ""hi""","two\nlines"\r\n"a\tb",""\r\n');
  });

  it.each([
    '=1+1',
    '+49',
    '-2',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    ' =1+1',
    '\u{200b}=1+1',
    '＝1+1',
    '=HYPERLINK("http://evil.example")',
  ])('makes text of what a spreadsheet would run: %j', (cell) => {
    expect(toCsv([[cell]])).toBe(`"'${cell.replaceAll('"', '""')}"\r\n`);
  });

  it.each([',', ';', '\t'])('leaves no formula in a cell of its own where %j is the end of one', (mark) => {
    for (const more of ['x', `"${mark}=1+1\r\n=2`]) {
      const name = `Mia${mark}=cmd|' /C calc'!A0${mark}${more}`;
      const cells = cellsOf(toCsv([[name, 'u:1']]), mark);
      expect(cells[0]).toMatch(/^"Mia/);
      expect(cells.filter((cell) => /^"?=/.test(cell))).toEqual([]);
    }
  });
});

it('has a line for each stay, with times that carry their zone', () => {
  const csv = attendanceCsv({
    meetingId: 'a'.repeat(24),
    startedAt: 0,
    people: 1,
    acts: [],
    attendances: [
      {
        participantId: `u:${'b'.repeat(24)}`,
        displayName: 'Mia',
        role: 'owner',
        joinedAt: 0,
        leftAt: 90_000,
      },
      { participantId: `u:${'b'.repeat(24)}`, displayName: 'Mia', role: 'owner', joinedAt: 120_000 },
    ],
  });
  expect(csv.split('\r\n')).toEqual([
    '\u{feff}"Name","Account","Role","Joined","Left","Minutes"',
    `"Mia","u:${'b'.repeat(24)}","owner","1970-01-01T00:00:00.000Z","1970-01-01T00:01:30.000Z","1.5"`,
    `"Mia","u:${'b'.repeat(24)}","owner","1970-01-01T00:02:00.000Z","",""`,
    '',
  ]);
});
