/** What a browser is told: policy, CORS, caching, and the client itself. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../testing/harness.ts';

const FRIEND = 'https://meet.example.org';
const INDEX = `<!doctype html><html><head><meta property="csp-nonce" nonce="__CSP_NONCE__">
<script type="module" nonce="__CSP_NONCE__" src="/assets/index-abc123.js"></script></head></html>`;

let api: TestApi;
let dist: string;
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'vcallpe-client-'));
  await mkdir(join(dist, 'assets'));
  await writeFile(join(dist, 'index.html'), INDEX);
  await writeFile(join(dist, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(dist, 'assets', 'index-abc123.js'), 'export {};');
  api = await startTestApi({ CLIENT_DIST: dist, ALLOWED_ORIGINS: `${FRIEND}, http://localhost:5173` });
});
afterAll(async () => {
  await api.close();
  await rm(dist, { recursive: true });
});

const html = { headers: { accept: 'text/html,application/xhtml+xml' } };

describe('the client', () => {
  it.each(['/', '/index.html', '/r/tam-rilo-bek', '/sign-in'])(
    'is served at %s with a nonce',
    async (path) => {
      const first = (await api.fetch('GET', path, html)).expectStatus(200);
      const second = await api.fetch('GET', path, html);
      const nonces = [first, second].map(({ text, headers }) => {
        const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
        expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
        expect(headers.get('content-security-policy')).toContain(`script-src 'self' 'nonce-${nonce}';`);
        expect(text).not.toContain('__CSP_NONCE__');
        return nonce;
      });
      expect(nonces[0]).not.toBe(nonces[1]);
      expect(first.headers.get('cache-control')).toBe('no-store');
      expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8');
    },
  );

  it('keeps assets for good, since their names change with their content, and other files not', async () => {
    const asset = (await api.fetch('GET', '/assets/index-abc123.js')).expectStatus(200);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const icon = (await api.fetch('GET', '/favicon.svg')).expectStatus(200);
    expect(icon.headers.get('cache-control')).toBe('no-cache');
  });

  it('is not what a missing file, a script or a form gets', async () => {
    (await api.fetch('GET', '/assets/index-old.js', html)).expectError('NOT_FOUND');
    (await api.fetch('GET', '/nothing.json', { headers: { accept: '*/*' } })).expectError('NOT_FOUND');
    (await api.fetch('POST', '/sign-in', html)).expectError('NOT_FOUND');
    (await api.fetch('GET', '/../package.json')).expectError('NOT_FOUND');
    (await api.fetch('GET', '/%2e%2e%2fpackage.json')).expectError('NOT_FOUND');
  });

  it('must be built where CLIENT_DIST says', async () => {
    await expect(startTestApi({ CLIENT_DIST: join(dist, 'assets') })).rejects.toThrow(/^CLIENT_DIST: /);
  });
});

describe('the content security policy', () => {
  it('lets the client do what it does, and nothing inline', async () => {
    const { headers } = await api.fetch('GET', '/', html);
    const policy = headers.get('content-security-policy') ?? '';
    const directives = Object.fromEntries(
      policy.split('; ').map((directive) => [directive.split(' ', 1)[0], directive.split(' ').slice(1)]),
    );
    const nonce = expect.stringMatching(/^'nonce-/);
    expect(directives).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'", nonce],
      'style-src': ["'self'", nonce],
      'img-src': ["'self'", 'data:', 'blob:'],
      'media-src': ["'self'", 'blob:', 'mediastream:'],
      'connect-src': ["'self'", 'http://127.0.0.1:3001', 'ws://127.0.0.1:3001'],
      'font-src': ["'self'"],
      'worker-src': ["'self'", 'blob:'],
      'manifest-src': ["'self'"],
      'frame-ancestors': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
    });
  });

  it('comes with the other headers that bound a page', async () => {
    const { headers } = await api.fetch('GET', '/', html);
    expect(Object.fromEntries(headers)).toMatchObject({
      'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self)',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.has('x-powered-by')).toBe(false);
  });
});

describe('CORS', () => {
  const corsHeaders = (headers: Headers) =>
    [...headers.keys()].filter((name) => name.startsWith('access-control-'));

  it('admits the origins it was told of, with their credentials', async () => {
    const headers = { origin: FRIEND };
    const answer = await api.call('GET', '/me', { headers });
    answer.expectError('UNAUTHENTICATED');
    expect(answer.headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('access-control-expose-headers')).toBe('Retry-After,X-Request-Id');
    expect(answer.headers.get('vary')).toContain('Origin');

    const preflight = await api.call('OPTIONS', '/rooms', {
      headers: { ...headers, 'access-control-request-method': 'POST' },
    });
    expect(preflight.expectStatus(204).headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
  });

  it.each(['https://evil.example', `${FRIEND}.evil.example`, 'http://meet.example.org', 'null'])(
    'tells %s nothing',
    async (origin) => {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await api.call(method, '/me', { headers: { origin } });
        expect(corsHeaders(answer.headers)).toEqual([]);
        expect(answer.headers.get('vary')).toContain('Origin');
      }
    },
  );

  it('lets the admitted refresh, and no one else', async () => {
    const ann = await api.register();
    const refresh = (origin: string) =>
      api.call('POST', '/auth/refresh', { cookie: ann.cookie, headers: { origin } });
    (await refresh('https://evil.example')).expectError('FORBIDDEN');
    (await refresh(FRIEND)).expectStatus(200);
  });
});
