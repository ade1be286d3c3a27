import { describe, expect, it } from '@jest/globals';
import { attendanceCsv, toCsv } from './csv.ts';

describe('toCsv', () => {
  it('quotes what would break a line or a column', () => {
    expect(
      toCsv([
        ['a', 'b,c'],
        ['say "hi"', 'two\nlines'],
      ]),
    ).toBe('a,"b,c"\r\n"say ""hi""","two\nlines"\r\n');
  });

  it.each(['=1+1', '+49', '-2', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://evil.example")'])(
    'makes text of what a spreadsheet would run: %j',
    (cell) => {
      const [first] = toCsv([[cell]]).replace(/^"/, '');
      expect(first).toBe("'");
    },
  );
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
    '\u{feff}Name,Account,Role,Joined,Left,Minutes',
    `Mia,u:${'b'.repeat(24)},owner,1970-01-01T00:00:00.000Z,1970-01-01T00:01:30.000Z,1.5`,
    `Mia,u:${'b'.repeat(24)},owner,1970-01-01T00:02:00.000Z,,`,
    '',
  ]);
});
