import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR_CODES, ROUTES, type RouteSpec } from '@vcallpe/shared';
import { z } from 'zod';
import { startTestApi, type TestApi } from '../testing/harness.ts';

const JSON_TYPE = 'application/json';
const FILE = 'application/octet-stream';

/** By media type: JSON has a schema, a file has none. */
const Content = z.union([
  z.strictObject({ 'application/json': z.object({ schema: z.looseObject({}) }) }),
  z.strictObject({ 'application/octet-stream': z.strictObject({}) }),
]);
const Operation = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.string(),
      required: z.boolean().optional(),
      schema: z.looseObject({}),
    }),
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: Content.optional() })),
});
const Document = z.object({
  openapi: z.literal('3.1.0'),
  servers: z.tuple([z.object({ url: z.literal('/api/v1') })]),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({})),
    securitySchemes: z.record(z.string(), z.looseObject({})),
  }),
});

let api: TestApi;
let document: z.infer<typeof Document>;
let text: string;
beforeAll(async () => {
  api = await startTestApi();
  const answer = (await api.call('GET', '/openapi.json')).expectStatus(200);
  text = answer.text;
  document = answer.as(Document);
});
afterAll(() => api.close());

const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));

describe('openapi.json', () => {
  it('has every route, with its success and its body', () => {
    for (const [key, spec] of Object.entries<RouteSpec>(ROUTES)) {
      const [method = '', path = ''] = key.split(' ');
      const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      expect({ key, found: operation !== undefined }).toEqual({ key, found: true });
      const typeOf = (content?: z.infer<typeof Content>) => Object.keys(content ?? {}).join();
      const answers = spec.file === 'out' ? FILE : spec.response ? JSON_TYPE : '';
      const takes = spec.file === 'in' ? FILE : spec.body ? JSON_TYPE : '';
      const { responses, requestBody, parameters } = operation ?? {};
      expect({ key, answers: typeOf(responses?.[spec.status]?.content) }).toEqual({ key, answers });
      expect({ key, takes: typeOf(requestBody?.content) }).toEqual({ key, takes });
      expect(parameters?.some((parameter) => parameter.in === 'path')).toBe('params' in spec);
    }
    expect(operations()).toHaveLength(Object.keys(ROUTES).length);
    expect(new Set(operations().map(({ operationId }) => operationId)).size).toBe(operations().length);
  });

  it('tells what a file has to come with', () => {
    const upload = document.paths['/rooms/{code}/files']?.['post'];
    const required = upload?.parameters.filter((parameter) => parameter.required).map(({ name }) => name);
    expect(required).toEqual(['code', 'name']);
    expect(upload?.parameters.map(({ name }) => name)).toEqual(['code', 'name', 'to']);
    expect(upload?.security).toEqual([{ meetingToken: [] }]);
    expect(upload?.responses['413']?.description).toContain('PAYLOAD_TOO_LARGE');
    const download = document.paths['/rooms/{code}/files/{fileId}']?.['get'];
    expect(download?.security).toEqual([{ meetingToken: [] }]);
    expect(download?.responses['404']?.description).toContain('NOT_FOUND');
  });

  it('refers only to what is there', () => {
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target);
    expect(references.length).toBeGreaterThan(30);
    for (const reference of references) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1] ?? '';
      expect({ reference, found: name in document.components.schemas }).toEqual({ reference, found: true });
    }
    for (const { security } of operations()) {
      for (const scheme of security.flatMap((one) => Object.keys(one))) {
        expect(document.components.securitySchemes).toHaveProperty(scheme);
      }
    }
  });

  it('tells the errors of each route', () => {
    const register = document.paths['/auth/register']?.['post'];
    expect(register?.responses['409']?.description).toBe('EMAIL_TAKEN');
    for (const { responses } of operations()) {
      for (const [status, { description, content }] of Object.entries(responses)) {
        if (Number(status) < 400) continue;
        for (const code of description.split(', ')) expect(ERROR_CODES).toContain(code);
        expect(content).toEqual({
          'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } },
        });
      }
    }
  });

  it('carries the limits of the contract', () => {
    const { properties } = z
      .object({ properties: z.record(z.string(), z.looseObject({})) })
      .parse(document.components.schemas['RegisterBody']);
    expect(properties['password']).toMatchObject({ type: 'string', minLength: 10, maxLength: 128 });
    expect(properties['email']).toMatchObject({ type: 'string', maxLength: 254 });
  });
});

describe('/api/docs', () => {
  it('is a page without inline scripts whose files are all there', async () => {
    const page = (await api.fetch('GET', '/api/docs')).expectStatus(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)/);
    const files = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(files).toHaveLength(3);
    for (const file of files) {
      const answer = (await api.fetch('GET', file)).expectStatus(200);
      expect(answer.headers.get('content-type')).toMatch(/javascript|css/);
    }
  });
});
