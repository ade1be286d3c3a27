/** The OpenAPI 3.1 document, made from the route table and its zod schemas, so that it cannot drift from them. */
import * as contract from '@vcallpe/shared';
import { API_PREFIX, ERRORS, ROUTES, type ErrorCode, type RouteKey, type RouteSpec } from '@vcallpe/shared';
import { z } from 'zod';
import { REFRESH_COOKIE } from '../auth/cookie.ts';
import { errorCodesOf } from './error-codes.ts';

type Json = Record<string, unknown>;
type Direction = 'input' | 'output';

/** Schemas that get a name of their own under `components`; others stand where they are used. */
const REQUEST_BODIES = [
  'RegisterBody',
  'LoginBody',
  'UpdateMeBody',
  'DeleteMeBody',
  'CreateRoomBody',
  'UpdateRoomBody',
  'JoinRoomBody',
  'SetWorkersBody',
] as const;
const ANSWERS = [
  'User',
  'SessionResponse',
  'RoomSettings',
  'Room',
  'RoomList',
  'IceServer',
  'JoinGrant',
  'AdminWorker',
  'AdminRoom',
  'AdminNode',
  'AdminPeer',
  'AdminRoomDetail',
  'ErrorResponse',
] as const;
type SchemaName = (typeof REQUEST_BODIES)[number] | (typeof ANSWERS)[number];

/** JSON Schema names its dialect and itself; inside an OpenAPI document both are known. */
const embedded = (schema: object): Json =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));

const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** JSON Schemas by name, which refer to each other by `$ref`. */
function namedSchemas(names: readonly SchemaName[], io: Direction): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const name of names) registry.add(contract[name], { id: name });
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, embedded(schema)]));
}

function schemaOf(schema: z.ZodType, io: Direction): Json {
  const name = [...REQUEST_BODIES, ...ANSWERS].find((candidate) => contract[candidate] === schema);
  if (name) return refTo(name);
  return embedded(z.toJSONSchema(schema, { io }));
}

const jsonContent = (schema: Json): Json => ({ 'application/json': { schema } });

/** A file, as it is. */
const BYTES: Json = { 'application/octet-stream': {} };

const SECURITY: Record<RouteSpec['auth'], Json[]> = {
  none: [],
  optional: [{}, { accessToken: [] }],
  account: [{ accessToken: [] }],
  admin: [{ accessToken: [] }],
  meeting: [{ meetingToken: [] }],
  cookie: [{ refreshCookie: [] }],
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Chosen once for each attempt. Repeating the attempt with the same key gives the same answer.',
  schema: { type: 'string', format: 'uuid' },
};

function parametersOf(key: RouteKey, spec: RouteSpec): Json[] {
  const fields = (schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    // As the caller writes it: what has a default can be left out.
    const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
    return Object.entries(properties).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: field,
    }));
  };
  return [
    ...fields(spec.params, 'path'),
    ...fields(spec.query, 'query'),
    ...(key === 'POST /auth/refresh' ? [IDEMPOTENCY_KEY] : []),
  ];
}

function responsesOf(key: RouteKey, spec: RouteSpec): Record<string, Json> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorCodesOf(key, spec)) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const success =
    spec.file === 'out'
      ? { description: 'The file', content: BYTES }
      : spec.response
        ? { description: 'Done', content: jsonContent(schemaOf(spec.response, 'output')) }
        : { description: 'Done' };
  const failures = [...byStatus].map(([status, codes]): [number, Json] => [
    status,
    { description: codes.join(', '), content: jsonContent(refTo('ErrorResponse')) },
  ]);
  return Object.fromEntries([[spec.status, success], ...failures]);
}

function operation(key: RouteKey, spec: RouteSpec): Json {
  const [method = '', path = ''] = key.split(' ');
  const words = path.split(/[^a-z]+/).filter(Boolean);
  return {
    operationId: [
      method.toLowerCase(),
      ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
    ].join(''),
    tags: [words[0]],
    summary: spec.summary,
    security: SECURITY[spec.auth],
    parameters: parametersOf(key, spec),
    ...(spec.body && {
      requestBody: { required: true, content: jsonContent(schemaOf(spec.body, 'input')) },
    }),
    ...(spec.file === 'in' && { requestBody: { required: true, content: BYTES } }),
    responses: responsesOf(key, spec),
  };
}

export function createOpenApi(): Json {
  const paths: Record<string, Json> = {};
  for (const key of Object.keys(ROUTES) as RouteKey[]) {
    const [method = '', path = ''] = key.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(key, ROUTES[key]) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'VCallPe API',
      version: 'v1',
      description: 'Accounts, sessions, rooms, grants to enter them, and the media server as admins see it.',
    },
    servers: [{ url: API_PREFIX }],
    paths,
    components: {
      schemas: { ...namedSchemas(REQUEST_BODIES, 'input'), ...namedSchemas(ANSWERS, 'output') },
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        meetingToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: REFRESH_COOKIE },
      },
    },
  };
}
