import { expect, test } from '@jest/globals';
import { RegisterBody, UpdateRoomBody } from '@vcallpe/shared';
import { checkValues } from './use-form.ts';

test('each field that does not parse has its first message', () => {
  const errors = checkValues(RegisterBody, { email: 'ada', password: 'short', displayName: ' ' });
  expect(Object.keys(errors).sort()).toEqual(['displayName', 'email', 'password']);
  expect(errors['password']).toBe('It needs at least 10 characters');
});

test('a nested field is named by its path', () => {
  expect(checkValues(UpdateRoomBody, { settings: { maxParticipants: 1 } })).toHaveProperty([
    'settings.maxParticipants',
  ]);
});

test('values that parse have no errors', () => {
  const values = { email: 'ada@example.org', password: 'ten or more', displayName: 'Ada' };
  expect(checkValues(RegisterBody, values)).toEqual({});
});
