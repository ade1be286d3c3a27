/** Grants as a page asks for them: a guest who comes again is the same guest. */
import type { JoinGrant } from '@vcallpe/shared';
import type { Account, Stack } from './stack.ts';

/** @param sfuUrl in the place of the one that the grant names */
export function grantsOf(
  stack: Pick<Stack, 'grant'>,
  code: string,
  who: Account | string,
  sfuUrl?: string,
): () => Promise<JoinGrant> {
  let guestKey: string | undefined;
  return async () => {
    const grant = await stack.grant(code, who, guestKey);
    guestKey = grant.guestKey;
    return { ...grant, ...(sfuUrl && { sfuUrl }) };
  };
}
