/** What the lab tells of a page, by a real browser: enough to explain it, and no secret. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { Participant } from '../browser/participant.ts';
import { describePage, keepRequests } from './describe-page.ts';

const PAGE = `<p>Sign in</p><script>
  localStorage.setItem('hint', 'SECRET');
  const ask = (path, method) => fetch(path + '?token=SECRET', { method }).catch(() => undefined);
  ask('/refresh', 'POST').then(() => ask('/lost')).then(() => { ask('/slow'); document.title = 'done'; });
</script>`;

it('tells what a page reads, stores and asked for, and no value', async () => {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/lost') return response.destroy();
    if (path === '/slow') return;
    response.writeHead(path === '/' ? 200 : 401, {
      'content-type': 'text/html',
      'set-cookie': 'session=SECRET; HttpOnly',
    });
    response.end(path === '/' ? PAGE : '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ada = await Participant.open({ name: 'Ada', url });
  try {
    const requests = keepRequests(ada.page);
    await ada.page.goto(url);
    await ada.page.waitForFunction(() => document.title === 'done');
    const [reads, stores, asked, said] = (await describePage(ada, requests)).split('\n');
    expect([reads, stores, asked]).toEqual([
      `Ada is at ${url} and reads: Sign in`,
      'Stored there: hint; cookies: session',
      'It asked last for: GET / (200); POST /refresh (401); GET /lost (net::ERR_EMPTY_RESPONSE); ' +
        'GET /slow (not answered so far)',
    ]);
    expect(said).toMatch(/^It said last: .*401/);
  } finally {
    await ada.close();
    server.closeAllConnections();
    server.close();
  }
});
