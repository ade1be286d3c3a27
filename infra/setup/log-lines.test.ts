import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { lineWriter, logRecord } from './log-lines.ts';

function written(nodeEnv: 'development' | 'production', line: string): string {
  let text = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  lineWriter({ nodeEnv }, out)('api-server', line);
  return text;
}

const record = JSON.stringify({
  level: 30,
  time: 0,
  pid: 1,
  hostname: 'h',
  name: 'api',
  msg: 'listening',
  port: 3000,
});

describe('what a child says', () => {
  it('is short and readable for a person', () => {
    expect(written('development', record)).toMatch(
      /^api-server \[?\d\d:\d\d:\d\d\]? INFO: listening \{"port":3000\}\n$/,
    );
  });

  it('stays as it is when it is no record', () => {
    expect(written('development', 'Error: {"level" of detail')).toBe(
      'api-server Error: {"level" of detail\n',
    );
    expect(written('development', '{"level": broken')).toBe('api-server {"level": broken\n');
  });

  it('passes through in production, our own lines in the same form', () => {
    expect(written('production', record)).toBe(`${record}\n`);
    expect(JSON.parse(logRecord(40, 'sfu-server ended'))).toMatchObject({
      level: 40,
      msg: 'sfu-server ended',
    });
  });
});
