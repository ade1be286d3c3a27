/** The check of somebody who is in that meeting now: they go in beside themselves, as a guest. */
import { AppError, type JoinGrant } from '@vcallpe/shared';

/**
 * @param enter rejects with ALREADY_JOINED when the person of the grant is inside
 * @param asGuest another grant for the same meeting, for nobody who is inside
 * @throws {AppError} ALREADY_JOINED also when the meeting lets no guest in
 */
export async function enterBeside<T>(
  grant: JoinGrant,
  asGuest: () => Promise<JoinGrant>,
  enter: (grant: JoinGrant) => Promise<T>,
): Promise<T> {
  try {
    return await enter(grant);
  } catch (inside) {
    if (!(inside instanceof AppError) || inside.code !== 'ALREADY_JOINED') throw inside;
    const other = await asGuest().catch(() => {
      throw inside;
    });
    return enter(other);
  }
}
