import { createHmac } from 'node:crypto';

export interface TurnCredential {
  username: string;
  credential: string;
}

/**
 * A time-limited credential of coturn's REST scheme (`use-auth-secret`; draft-uberti-behave-turn-rest-00). The server, which
 * has the same secret, takes it until it expires and asks nobody. The participant's id is in the name, so that its quota
 * counts for each person and not for each join.
 *
 * @param nowMs ms since 1970
 */
export function mintCredential(
  secret: string,
  participantId: string,
  ttlSeconds: number,
  nowMs = Date.now(),
): TurnCredential {
  const username = `${Math.floor(nowMs / 1000) + ttlSeconds}:${participantId}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
