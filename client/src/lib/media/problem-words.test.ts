import { describe, expect, it } from '@jest/globals';
import type { MediaProblem } from './media-problem.ts';
import { describeProblems } from './problem-words.ts';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const ALL: MediaProblem[] = [
  'denied',
  'deniedBySystem',
  'missing',
  'inUse',
  'overconstrained',
  'insecure',
  'unsupported',
  'lost',
  'unknown',
];

describe('describeProblems', () => {
  it('has words of its own for every problem of each device', () => {
    const words = ALL.flatMap((problem) => [
      ...describeProblems({ microphone: problem }, CHROME),
      ...describeProblems({ camera: problem }, CHROME),
      ...describeProblems({ microphone: problem, camera: problem }, CHROME),
    ]);
    expect(words).toHaveLength(ALL.length * 3);
    expect(new Set(words.map(({ title, body }) => title + body)).size).toBe(words.length);
  });

  it('says nothing while nothing is wrong', () => {
    expect(describeProblems({}, CHROME)).toEqual([]);
  });

  it('says once what is wrong with both, and twice what is different', () => {
    const same = describeProblems({ microphone: 'denied', camera: 'denied' }, CHROME);
    expect(same).toMatchObject([
      { sources: ['microphone', 'camera'], title: 'Camera and microphone are blocked' },
    ]);
    const different = describeProblems({ microphone: 'missing', camera: 'inUse' }, CHROME);
    expect(different.map(({ title }) => title)).toEqual(['No microphone found', 'Camera can’t be started']);
  });

  it('gives each browser’s own steps after a refusal', () => {
    const steps = [CHROME, FIREFOX, SAFARI, IPHONE, ANDROID].map((agent) =>
      describeProblems({ camera: 'denied' }, agent)[0]?.steps.join(' '),
    );
    expect(new Set(steps).size).toBe(5);
    expect(steps[1]).toContain('crossed-out');
    expect(steps[2]).toContain('Settings for This Website');
    expect(steps[3]).toContain('Website Settings');
    expect(steps[4]).toContain('Permissions');
  });

  it('does not offer to try again where that cannot help', () => {
    const [insecure] = describeProblems({ camera: 'insecure' }, CHROME);
    expect(insecure?.retry).toBe(false);
    expect(insecure?.body).toContain('https');
    expect(describeProblems({ camera: 'inUse' }, CHROME)[0]?.retry).toBe(true);
  });
});
