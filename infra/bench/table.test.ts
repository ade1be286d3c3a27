import { describe, expect, it } from '@jest/globals';
import { formatTable } from './table.ts';

describe('formatTable', () => {
  it('puts the aim beside what was measured, and marks each row', () => {
    const table = formatTable('forwarding', [
      { what: '9 × 60, against Janus', aim: '≤ 0.75 ×', measured: '0.71 ×', ok: true },
      { what: '1 × 200', aim: '≤ 1.05 ×', measured: '1.2 ×', ok: false },
      { what: 'loss', aim: '–', measured: '0', ok: undefined },
    ]);
    expect(table.split('\n')).toEqual([
      'forwarding',
      '    what                   aim       measured',
      '    ─────────────────────  ────────  ────────',
      '  ✓ 9 × 60, against Janus  ≤ 0.75 ×  0.71 ×',
      '  ✗ 1 × 200                ≤ 1.05 ×  1.2 ×',
      '    loss                   –         0',
    ]);
  });
});
