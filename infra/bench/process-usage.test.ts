import { describe, expect, it } from '@jest/globals';
import { cpuTicks, residentOf } from './process-usage.ts';

describe('cpuTicks', () => {
  it('adds user and kernel time, also of a program with a strange name', () => {
    const fields = 'S 1 2 3 4 -1 5 6 7 8 9 1234 766 10 11 20 0 3 0 99';
    expect(cpuTicks(`42 (janus) ${fields}`)).toBe(2000);
    expect(cpuTicks(`42 (a) b (c d) ${fields}`)).toBe(2000);
  });

  it('refuses what it can not read', () => {
    expect(() => cpuTicks('42 (janus) S 1')).toThrow('no /proc/<pid>/stat');
  });
});

describe('residentOf', () => {
  it('reads the resident memory', () => {
    expect(residentOf('Name:\tnode\nVmPeak:\t  900 kB\nVmRSS:\t   2048 kB\n')).toBe(2_097_152);
  });

  it('refuses a process that has ended', () => {
    expect(() => residentOf('Name:\tnode\nState:\tZ (zombie)\n')).toThrow('it has ended');
  });
});
