import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';

describe('the logger', () => {
  it('redacts secrets, on the surface and two objects deep', () => {
    const lines: string[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const secrets = {
      password: 'S3CRET',
      accessToken: 'S3CRET',
      authorization: 'S3CRET',
      'set-cookie': 'S3CRET',
      secret: 'S3CRET',
      credential: 'S3CRET',
      iceServers: [{ credential: 'S3CRET' }],
      turnServers: [{ secret: 'S3CRET' }],
    };
    createLogger('info', stream).info({
      ...secrets,
      body: secrets,
      req: { headers: secrets },
      email: 'kept',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('S3CRET');
    expect(lines[0]).toContain('kept');
  });
});
