/** TURN_SERVERS: the relays that the API makes credentials for, each with the secret that it shares with the API. */
import { Region } from '@vcallpe/shared';
import { z } from 'zod';

/** RFC 7065: host or IPv6 address in brackets, port, transport. Browsers speak no TURN over DTLS (`turns:` with udp). */
const TURN_URL =
  /^(turn:(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?|turns:(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?(\?transport=tcp)?)$/i;

const TurnServer = z.strictObject(
  {
    urls: z
      .array(
        z.string().regex(TURN_URL, 'must be an address such as turn:turn.example.org:3478?transport=udp'),
        'must be a list of addresses',
      )
      .min(1, 'needs at least one address')
      .max(5, 'can have at most 5 addresses'),
    /** coturn's `static-auth-secret`. It stays here: browsers get what is made from it. */
    secret: z.string('must be a text').min(32, 'needs at least 32 characters'),
    region: Region.optional(),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'must be an object') },
);
export type TurnServer = z.infer<typeof TurnServer>;

const TurnServerList = z.array(TurnServer, 'must be a list').max(20, 'can have at most 20 servers');

/** Says where something is wrong: `server 2: secret needs at least 32 characters`. Never repeats a value. */
function inWords({ path: [index, ...rest], message }: z.core.$ZodIssue): string {
  const [field, position] = rest;
  const nth = typeof position === 'number' ? ` (address ${position + 1})` : '';
  const what = field === undefined ? '' : `${String(field)}${nth} `;
  return typeof index === 'number' ? `server ${index + 1}: ${what}${message}` : message;
}

/** The text of the variable, which is JSON. */
export const TurnServers = z.string().transform((text, context): TurnServer[] => {
  const refuse = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own words would repeat a piece of the text, and with it perhaps of a secret.
    return refuse('is not valid JSON; it must be a list such as [{"urls":["turn:…"],"secret":"…"}]');
  }
  const list = TurnServerList.safeParse(json);
  return list.success ? list.data : refuse(list.error.issues.map(inWords).join('; '));
});
