import { describe, expect, it } from '@jest/globals';
import { originAllowed } from './origin.ts';

describe('originAllowed', () => {
  it('goes by the list when there is one', () => {
    const list = ['https://meet.example.org'];
    expect(originAllowed('https://meet.example.org', 'sfu.example.org', list)).toBe(true);
    expect(originAllowed('https://meet.example.org:8443', 'sfu.example.org', list)).toBe(false);
    expect(originAllowed('https://evil.example', 'evil.example', list)).toBe(false);
  });

  it('without a list takes pages of the same host name on any port', () => {
    expect(originAllowed('http://localhost:3000', 'localhost:3001', [])).toBe(true);
    expect(originAllowed('https://[::1]:3000', '[::1]:3001', [])).toBe(true);
    expect(originAllowed('http://evil.example', 'localhost:3001', [])).toBe(false);
    expect(originAllowed('null', 'localhost:3001', [])).toBe(false);
  });

  it('lets programs through, which send no origin', () => {
    expect(originAllowed(undefined, 'localhost:3001', ['https://meet.example.org'])).toBe(true);
  });
});
