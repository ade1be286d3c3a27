import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { uuid } from './uuid.ts';

test('makes distinct UUIDs of version 4', () => {
  const ids = Array.from({ length: 100 }, () => uuid());
  for (const id of ids) expect(z.uuidv4().safeParse(id).success).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});
