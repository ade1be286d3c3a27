// That indexes are really used: a plan by index reads only what it must.
import { expect, it } from '@jest/globals';
import { normalizeFilter } from './filter.ts';
import { parseIndex } from './indexes.ts';
import { planQuery } from './planner.ts';

const email = parseIndex({ key: { email: 1 }, unique: true });
const member = parseIndex({ key: { room: 1, user: 1 } });
const sparse = parseIndex({ key: { google: 1 }, sparse: true });
const partial = parseIndex({ key: { code: 1 }, partialFilterExpression: { live: true } });
const indexes = [email, member, sparse, partial];

/** How a filter is answered: 'scan', 'id', or an index with the number of keys looked up. */
function planned(filter: object): string {
  const plan = planQuery(normalizeFilter(filter), indexes);
  return plan.by === 'index' ? `${plan.index.name} × ${plan.prefixes.length}` : plan.by;
}

it.each([
  [{ _id: 1 }, 'id'],
  [{ _id: { $in: [1, 2] }, email: 'a' }, 'id'],
  [{ email: 'a' }, 'email_1 × 1'],
  [{ $and: [{ x: 1 }, { email: { $in: ['a', 'b'] } }] }, 'email_1 × 2'],
  [{ room: 'r' }, 'room_1_user_1 × 1'],
  [{ user: 'u', room: { $in: ['r', 's'] } }, 'room_1_user_1 × 2'],
  [{ user: 'u' }, 'scan'],
  [{ email: { $gt: 'a' } }, 'scan'],
  [{ email: ['a'] }, 'scan'],
  [{ $or: [{ email: 'a' }, { email: 'b' }] }, 'scan'],
  [{ google: 'g' }, 'google_1 × 1'],
  [{ google: null }, 'scan'],
  [{ google: { $in: ['g', null] } }, 'scan'],
  [{ code: 'c' }, 'scan'],
  [{ code: 'c', live: true }, 'code_1 × 1'],
  [{ code: 'c', live: false }, 'scan'],
  [{ code: 'c', live: { $in: [true, false] } }, 'scan'],
])('%j', (filter, plan) => {
  expect(planned(filter)).toBe(plan);
});
