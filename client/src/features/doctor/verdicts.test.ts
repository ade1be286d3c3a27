import { describe, expect, it } from '@jest/globals';
import { settle, WAITING, type Verdict } from './check.ts';
import { judgeCamera, judgeMicrophone, judgeOpened } from './devices.ts';
import { judgeGathered } from './gathering.ts';
import { reportText, summary } from './report-text.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';

describe('devices', () => {
  it('that are refused come with this browser’s steps', () => {
    const verdict = judgeOpened('camera', { problem: 'denied' }, CHROME);
    expect(verdict).toMatchObject({ status: 'wrong', says: 'Camera is blocked.' });
    expect(verdict?.next).toContain('left of the address');
    expect(verdict?.next).not.toContain('Try again');
  });

  it('that open are judged by what they give', () => {
    expect(judgeMicrophone('Built-in', 0.4).status).toBe('good');
    expect(judgeMicrophone('Built-in', 0).status).toBe('doubtful');
    expect(judgeCamera('Built-in', { width: 1280, height: 720 }).says).toContain('1280 × 720');
    expect(judgeCamera('Built-in', undefined).status).toBe('wrong');
  });
});

describe('ICE servers', () => {
  const [udp, tls] = ['turn:turn.example.org', 'turns:turn.example.org:443'];
  const statuses = (verdicts: Verdict[]) => verdicts.map(({ status }) => status);

  it('are fine when each answers', () => {
    expect(
      statuses(
        judgeGathered([
          { url: udp, ms: 40 },
          { url: tls, ms: 120 },
        ]),
      ),
    ).toEqual(['good', 'good']);
  });

  it('matter less when another relays', () => {
    expect(
      statuses(
        judgeGathered([
          { url: udp, errorCode: 701 },
          { url: tls, ms: 120 },
        ]),
      ),
    ).toEqual(['doubtful', 'good']);
  });

  it('are wrong when none relays', () => {
    expect(statuses(judgeGathered([{ url: udp }, { url: tls, errorCode: 701 }]))).toEqual(['wrong', 'wrong']);
  });

  it('that refuse their credentials are the operator’s to mend', () => {
    const [verdict] = judgeGathered([{ url: udp, errorCode: 401 }]);
    expect(verdict).toMatchObject({ status: 'wrong', next: expect.stringContaining('whoever runs') });
  });

  it('without a relay are worth a remark', () => {
    expect(statuses(judgeGathered([]))).toEqual(['doubtful']);
    expect(statuses(judgeGathered([{ url: 'stun:stun.example.org', ms: 9 }]))).toEqual(['good', 'doubtful']);
  });
});

describe('the report', () => {
  const done = WAITING.map(({ id }) => settle(id, [{ status: 'good', says: `${id} works.` }]));
  const bad = settle('path', [
    { status: 'good', says: 'One way is open.' },
    { status: 'wrong', says: 'One is not.', next: 'Open it.' },
  ]);

  it('says in a sentence how it is', () => {
    expect(summary(done)).toContain('All is well');
    expect(summary([...done, bad])).toContain('keeps you');
    expect(summary(WAITING)).toContain('stopped');
  });

  it('has a line for each finding', () => {
    const text = reportText([bad, ...WAITING.slice(0, 1)], 'https://meet.example.org', CHROME, new Date(0));
    expect(text.split('\n')).toEqual([
      'VCallPe connection report, 1970-01-01T00:00:00.000Z',
      'https://meet.example.org',
      CHROME,
      '',
      '✗ Way to the media server: One way is open.',
      '✗ Way to the media server: One is not. → Open it.',
      '– Browser: not looked at',
    ]);
  });
});
