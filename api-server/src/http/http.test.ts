/** What every route has in common: the envelope, bodies, methods, paths. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErrorResponse, JoinGrant, LIMITS } from '@vcallpe/shared';
import type { Visitor } from '../testing/api-client.ts';
import { startTestApi, type TestApi } from '../testing/harness.ts';
import { rawBytes, rawRequest } from '../testing/raw-request.ts';

let api: TestApi;
let ann: Visitor;
beforeAll(async () => {
  api = await startTestApi();
  ann = await api.register();
});
afterAll(() => api.close());

/** Creates a room with a body that is sent as it stands. */
const post = (body: string, contentType: string | undefined) =>
  rawRequest(`${api.url}/api/v1/rooms`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ann.accessToken}`,
      ...(contentType && { 'content-type': contentType }),
    },
    body,
  });
const codeOf = (text: string) => ErrorResponse.parse(JSON.parse(text)).error.code;

describe('bodies', () => {
  const json = 'application/json';
  const room = (name: string) => JSON.stringify({ name });

  it.each([
    ['malformed JSON', '{"name":', json, 400, 'VALIDATION_FAILED'],
    ['JSON that is no object', '"name"', json, 400, 'VALIDATION_FAILED'],
    ['null', 'null', json, 400, 'VALIDATION_FAILED'],
    ['a form', 'name=Weekly', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['plain text, as a foreign page can send', room('Weekly'), 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['no content type', room('Weekly'), undefined, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['an unknown charset', room('Weekly'), `${json}; charset=ebcdic`, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['more than 100 kB', room('x'.repeat(LIMITS.restBodyBytes)), json, 413, 'PAYLOAD_TOO_LARGE'],
    ['a prototype', '{"name":"A","__proto__":{"admin":true}}', json, 400, 'VALIDATION_FAILED'],
  ])('are refused: %s', async (_what, body, contentType, status, code) => {
    const answer = await post(body, contentType);
    expect({ status: answer.status, code: codeOf(answer.text) }).toEqual({ status, code });
    await expect(api.database.rooms.countDocuments({ ownerId: ann.user.id })).resolves.toBe(0);
  });

  it('are not even read from someone who may not send them', async () => {
    const answer = await rawRequest(`${api.url}/api/v1/rooms`, { method: 'POST', body: '{"name":' });
    expect(codeOf(answer.text)).toBe('UNAUTHENTICATED');
  });
});

describe('paths and methods', () => {
  it('answers an unknown path under /api with JSON, whatever it accepts', async () => {
    for (const path of ['/api', '/api/v1', '/api/v1/nothing', '/api/v2/me']) {
      (await api.fetch('GET', path, { headers: { accept: 'text/html' } })).expectError('NOT_FOUND');
    }
  });

  it.each([
    ['DELETE', '/api/v1/rooms', 'POST, GET, HEAD'],
    ['PUT', '/api/v1/rooms/bab-baba-bab', 'GET, PATCH, DELETE, HEAD'],
    ['GET', '/api/v1/auth/login', 'POST'],
    ['OPTIONS', '/api/v1/me', 'GET, PATCH, DELETE, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['POST', '/api/v1/openapi.json', 'GET, HEAD'],
  ])('answers %s %s with the methods that would do', async (method, path, allow) => {
    const answer = await api.fetch(method, path);
    answer.expectError('METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it('answers what is not HTTP in the same envelope', async () => {
    const answer = await rawBytes(api.url, 'BREW /coffee HTTP/1.1\r\nHost: x\r\n\r\n');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(codeOf(body)).toBe('VALIDATION_FAILED');
  });
});

describe('the Host header', () => {
  const join = (code: string, host: string) =>
    rawRequest(`${api.url}/api/v1/rooms/${code}/join`, {
      method: 'POST',
      headers: { host, 'content-type': 'application/json' },
      body: JSON.stringify({ displayName: 'Gast' }),
    });

  it('says where the SFU is', async () => {
    const { code } = await api.createRoom(await api.register());
    for (const [host, sfuUrl] of [
      ['meet.example.org', 'http://meet.example.org:3001'],
      ['localhost:3000', 'http://localhost:3001'],
      ['192.168.1.7:3000', 'http://192.168.1.7:3001'],
      ['[::1]:3000', 'http://[::1]:3001'],
    ] as const) {
      const answer = await join(code, host);
      expect(JoinGrant.parse(JSON.parse(answer.text)).sfuUrl).toBe(sfuUrl);
    }
  });

  it.each(['a b', 'evil.example/path', 'user@evil.example', "x'; script-src *", '[::1', 'x:y'])(
    'is refused when it is not a host: %s',
    async (host) => {
      const answer = await join('bab-baba-bab', host);
      expect({ status: answer.status, code: codeOf(answer.text) }).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
      });
    },
  );
});

describe('behind a proxy', () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' };

  it('believes X-Forwarded-Proto only when told to', async () => {
    const proxied = await startTestApi({ TRUST_PROXY: '1' });
    const account = { password: 'correct horse battery', displayName: 'Ann' };
    const register = (server: TestApi, email: string) =>
      server.call('POST', '/auth/register', { body: { ...account, email }, headers: forwarded });
    try {
      const trusted = await register(proxied, 'proxied@example.org');
      expect(trusted.headers.getSetCookie()[0]).toMatch(/; Secure/);
      expect(trusted.headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
      const direct = await register(api, 'direct@example.org');
      expect(direct.headers.getSetCookie()[0]).not.toMatch(/Secure/);
      expect(direct.headers.get('strict-transport-security')).toBeNull();
    } finally {
      await proxied.close();
    }
  });
});
