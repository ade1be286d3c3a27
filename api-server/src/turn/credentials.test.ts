import { describe, expect, it } from '@jest/globals';
import { mintCredential } from './credentials.ts';

describe('mintCredential', () => {
  it('is what coturn computes', () => {
    const nowMs = 1_700_000_000_900;
    // printf '1700043200:u:65a1' | openssl dgst -sha1 -hmac 'north' -binary | base64
    expect(mintCredential('north', 'u:65a1', 43_200, nowMs)).toEqual({
      username: '1700043200:u:65a1',
      credential: '9+9BBWhCncsqOgZ7Ef62K3ZWTiQ=',
    });
  });

  it('differs by secret and by participant', () => {
    const of = (secret: string, participantId: string) => mintCredential(secret, participantId, 60, 0);
    expect(of('north', 'u:1').credential).not.toBe(of('south', 'u:1').credential);
    expect(of('north', 'u:1').credential).not.toBe(of('north', 'u:2').credential);
  });
});
