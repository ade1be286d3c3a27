import { describe, expect, it } from '@jest/globals';
import { parseOptions, UsageError, type LoadOptions } from './options.ts';

function parsed(args: string, environment: NodeJS.ProcessEnv = {}): LoadOptions {
  const options = parseOptions(args.split(' ').filter(Boolean), environment);
  if (options === 'help') throw new Error('Expected options');
  return options;
}

describe('the options', () => {
  it('have defaults for everything', () => {
    expect(parsed('')).toEqual({
      url: undefined,
      room: undefined,
      credentials: undefined,
      participants: 10,
      publishers: 10,
      speakers: 3,
      video: 720,
      simulcast: true,
      page: 9,
      durationMs: 30_000,
      rampMs: 1_000,
      churnPerMinute: 0,
      bandwidthEstimation: 'twcc',
      limits: { lossPercent: 0.1, freezes: 0, generator: { loopP99Ms: 30, loopMaxMs: 250, cpuPercent: 85 } },
      json: undefined,
    });
    expect(parseOptions(['--help'], {})).toBe('help');
  });

  it('are all read', () => {
    const args =
      '--url https://meet.example.com/ --room tam-rilo-bek --participants 20 --publishers 5 --speakers 2 --ramp 2.5 ' +
      '--churn 12 --video 360p --simulcast off --page 4 --bwe remb --duration 7 --max-loss 1.5 --max-freezes 3 --json x.json';
    expect(parsed(args)).toMatchObject({
      url: 'https://meet.example.com',
      room: 'tam-rilo-bek',
      participants: 20,
      publishers: 5,
      speakers: 2,
      rampMs: 2_500,
      churnPerMinute: 12,
      video: 360,
      simulcast: false,
      page: 4,
      bandwidthEstimation: 'remb',
      durationMs: 7_000,
      limits: { lossPercent: 1.5, freezes: 3 },
      json: 'x.json',
    });
    expect(parsed('--video off').video).toBeUndefined();
  });

  it.each([
    ['--participants 8', 8, 8],
    ['--participants 8 --viewers 6', 8, 2],
    ['--participants 8 --publishers 3', 8, 3],
    ['--publishers 1 --viewers 30', 31, 1],
    ['--publishers 4', 4, 4],
    ['--participants 5 --publishers 2 --viewers 3', 5, 2],
  ])('%s is a room of %i, of whom %i send', (args, participants, publishers) => {
    expect(parsed(args)).toMatchObject({ participants, publishers });
  });

  it('takes the place from a link alone', () => {
    expect(parsed('--room https://meet.example.com/r/tam-rilo-bek')).toMatchObject({
      url: 'https://meet.example.com',
      room: 'tam-rilo-bek',
    });
  });

  it('takes an account from the environment', () => {
    const environment = { VCALLPE_EMAIL: 'mia@example.org', VCALLPE_PASSWORD: 'correct horse battery' };
    expect(parsed('', environment).credentials).toEqual({
      email: 'mia@example.org',
      password: 'correct horse battery',
    });
  });

  it.each([
    ['--participants ten', '--participants is "ten" and must be a whole number from 2 to 1000'],
    ['--participants 1', '--participants is "1" and must be a whole number from 2 to 1000'],
    ['--participants 2.5', '--participants is "2.5" and must be a whole number from 2 to 1000'],
    ['--participants 1e2', '--participants is "1e2" and must be a whole number from 2 to 1000'],
    ['--participants 4 --publishers 5', '--publishers 5 do not fit --participants 4'],
    ['--participants 4 --viewers 5', '--viewers 5 do not fit --participants 4'],
    [
      '--participants 9 --publishers 2 --viewers 3',
      '--publishers 2 and --viewers 3 do not fit --participants 9',
    ],
    ['--publishers 900 --viewers 900', 'These are 1800 participants, and there must be 2 to 1000'],
    ['--publishers 2 --speakers 3', '--speakers is 3, but only 2 publish: give no more than that'],
    ['--video 100p', '--video is "100p" and must be off, 180p, 360p, 720p, 1080p'],
    ['--simulcast yes', '--simulcast is "yes" and must be on, off'],
    ['--page 50', '--page is "50" and must be a whole number from 0 to 49'],
    ['--bwe gcc', '--bwe is "gcc" and must be twcc, remb, none'],
    ['--duration 0', '--duration is "0" and must be a number from 1 to 86400'],
    ['--max-freezes 0.5', '--max-freezes is "0.5" and must be a whole number from 0 on'],
    ['--max-loss 101', '--max-loss is "101" and must be a number from 0 to 100'],
    ['--url ftp://x', '--url is "ftp://x" and must be an address such as https://meet.example.com'],
    ['--room tam-rilo-bek', '--room tam-rilo-bek is somewhere: give its link, or --url as well'],
    ['--room lunch', '--room is "lunch", and there is no room code such as tam-rilo-bek in it'],
    ['--json=', '--json is empty'],
    ['--tiles 4', "Unknown option '--tiles'"],
    ['4', "Unexpected argument '4'"],
  ])('%s is refused, and why', (args, message) => {
    expect(() => parsed(args)).toThrow(UsageError);
    expect(() => parsed(args)).toThrow(message);
  });

  it('wants both halves of an account, and repeats neither', () => {
    const environment = { VCALLPE_PASSWORD: 'correct horse battery' };
    expect(() => parsed('', environment)).toThrow('VCALLPE_EMAIL and VCALLPE_PASSWORD belong together');
    expect(() => parsed('', environment)).not.toThrow('correct horse battery');
  });
});
