import { beforeEach, describe, expect, it } from '@jest/globals';
import { AppError, type JoinGrant } from '@vcallpe/shared';
import { Grants, Unreachable } from './grants.ts';

let made: number;
let grants: Grants;
beforeEach(() => {
  made = 0;
  grants = new Grants(async () => ({ roomToken: `token ${(made += 1)}` }) as JoinGrant);
});

const tokenOf = async ({ roomToken }: JoinGrant) => roomToken;
const failing = (error: AppError) =>
  grants.use(() => Promise.reject(error)).catch((caught: unknown) => caught);

describe('a grant', () => {
  it('that no server has seen is tried again', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const error = new Unreachable('nobody there');
      expect(await failing(error)).toBe(error);
    }
    expect(await grants.use(tokenOf)).toBe('token 1');
    expect(made).toBe(1);
  });

  it('is used once', async () => {
    expect(await grants.use(tokenOf)).toBe('token 1');
    expect(await grants.use(tokenOf)).toBe('token 2');
  });

  it.each(['UNAVAILABLE', 'TOKEN_REUSED', 'ROOM_FULL'] as const)(
    'is spent when the answer is %s',
    async (code) => {
      await failing(new AppError(code, ''));
      expect(await grants.use(tokenOf)).toBe('token 2');
    },
  );
});
