/** What a person has before them and what their page did last, for the story of a scenario that could not be played. */
import type { Page, Request } from 'playwright-core';
import type { Participant } from '../browser/participant.ts';

/** Of what a page printed as an error, the last so many. */
const ERRORS_SHOWN = 5;
const REQUESTS_SHOWN = 10;
const PAGE_CHARACTERS = 500;
/** A page that hangs would be waited for much longer, ms. */
const LOOK_WITHIN_MS = 2_000;
/** The others are files of the client, which are many and always the same. */
const TELLING = ['document', 'fetch', 'xhr'];

/** @returns the last requests of a page, which change as it makes more */
export function keepRequests(page: Page): readonly Request[] {
  const last: Request[] = [];
  page.on('request', (request) => {
    if (!TELLING.includes(request.resourceType())) return;
    last.push(request);
    if (last.length > REQUESTS_SHOWN) last.shift();
  });
  return last;
}

export async function describePage(
  { name, page, errors }: Pick<Participant, 'name' | 'page' | 'errors'>,
  requests: readonly Request[],
): Promise<string> {
  const body = page.locator('body');
  const orWhyNot = (look: Promise<string>): Promise<string> => look.catch(String);
  const [text, stored, cookies] = await Promise.all([
    orWhyNot(body.innerText({ timeout: LOOK_WITHIN_MS })),
    // Names only: the values are secrets, or what people have written.
    orWhyNot(
      body.evaluate(() => Object.keys(localStorage).join(', '), undefined, { timeout: LOOK_WITHIN_MS }),
    ),
    orWhyNot(
      page
        .context()
        .cookies()
        .then((all) => all.map((cookie) => cookie.name).join(', ')),
    ),
  ]);
  return [
    `${name} is at ${page.url()} and reads: ${text.replaceAll(/\s+/g, ' ').slice(0, PAGE_CHARACTERS)}`,
    `Stored there: ${stored || 'nothing'}; cookies: ${cookies || 'none'}`,
    `It asked last for: ${requests.map(outcomeOf).join('; ') || 'nothing'}`,
    ...(errors.length > 0 ? [`It said last: ${errors.slice(-ERRORS_SHOWN).join('; ')}`] : []),
  ].join('\n');
}

/** Without the query, which may hold a token. */
function outcomeOf(request: Request): string {
  const became =
    request.existingResponse()?.status() ?? request.failure()?.errorText ?? 'not answered so far';
  return `${request.method()} ${new URL(request.url()).pathname} (${became})`;
}
