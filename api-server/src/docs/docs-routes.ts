/** `GET /api/v1/openapi.json`, and a page at `/api/docs` that shows it with Swagger UI from its package. */
import { createRequire } from 'node:module';
import { API_PREFIX } from '@vcallpe/shared';
import { Router } from 'express';
import { refuseMethod } from '../http/router.ts';
import { createOpenApi } from './openapi.ts';

const require = createRequire(import.meta.url);

const PAGE = '/api/docs';
const OPENAPI = `${API_PREFIX}/openapi.json`;
const SWAGGER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'];

/** No script stands in the page itself, so it runs under the same policy as the client. */
const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>VCallPe API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${PAGE}/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="${PAGE}/swagger-ui-bundle.js"></script>
    <script src="${PAGE}/start.js"></script>
  </body>
</html>
`;
const START = `SwaggerUIBundle({ url: '${OPENAPI}', dom_id: '#docs', deepLinking: true });\n`;

export function docsRoutes(): Router {
  const document = createOpenApi();
  const router = Router();

  router.get(OPENAPI, (_req, res) => {
    res.set('Cache-Control', 'no-cache').json(document);
  });
  router.get(PAGE, (_req, res) => {
    res.set('Cache-Control', 'no-cache').type('html').send(HTML);
  });
  router.get(`${PAGE}/start.js`, (_req, res) => {
    res.set('Cache-Control', 'no-cache').type('js').send(START);
  });
  for (const name of SWAGGER_FILES) {
    const file = require.resolve(`swagger-ui-dist/${name}`);
    router.get(`${PAGE}/${name}`, (_req, res) => res.sendFile(file, { maxAge: '1d', dotfiles: 'allow' }));
  }
  router.all([OPENAPI, PAGE], refuseMethod(['GET']));
  return router;
}
