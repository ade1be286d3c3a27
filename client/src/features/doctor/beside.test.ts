import { describe, expect, it } from '@jest/globals';
import { AppError, type ErrorCode, type JoinGrant } from '@vcallpe/shared';
import { enterBeside } from './beside.ts';

const grantFor = (roomToken: string) => ({ roomToken }) as JoinGrant;
const refuse = (code: ErrorCode) => Promise.reject(new AppError(code, 'no'));
/** As the media server: who is inside does not come in a second time. */
const enterUnlessInside = async ({ roomToken }: JoinGrant) =>
  roomToken === 'inside' ? refuse('ALREADY_JOINED') : roomToken;

describe('enterBeside', () => {
  it('goes in as who one is, where that is possible', async () => {
    const asGuest = () => refuse('GUESTS_NOT_ALLOWED');
    await expect(enterBeside(grantFor('account'), asGuest, enterUnlessInside)).resolves.toBe('account');
  });

  it('goes in as a guest beside oneself', async () => {
    const asGuest = async () => grantFor('guest');
    await expect(enterBeside(grantFor('inside'), asGuest, enterUnlessInside)).resolves.toBe('guest');
  });

  it('says that one is inside where guests are not let in', async () => {
    const asGuest = () => refuse('GUESTS_NOT_ALLOWED');
    const refused = enterBeside(grantFor('inside'), asGuest, enterUnlessInside);
    await expect(refused).rejects.toMatchObject({ code: 'ALREADY_JOINED' });
  });

  it('asks for nothing else when it is refused for another reason', async () => {
    const asGuest = async () => grantFor('guest');
    const refused = enterBeside(grantFor('account'), asGuest, () => refuse('ROOM_FULL'));
    await expect(refused).rejects.toMatchObject({ code: 'ROOM_FULL' });
  });
});
