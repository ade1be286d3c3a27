/** Whether the built client speaks the protocol of the server. */
import { doubtful, good, wrong, type Finding } from './finding.ts';

const CHECK = 'Client';
/** The handshake of the client's signaling, in which the bundler has put the number. */
const VERSION = /\bprotocolVersion:(\d+)/;
const SCRIPT = /assets\/[\w.-]+\.js/g;
/** A build has about twenty. */
const MOST_FILES = 200;

/**
 * Looks through a built client, from its page on, for the version of the protocol.
 *
 * @param read the text of a file of the client, by its path from the root; undefined when there is none
 * @returns undefined when none of the files says
 */
export async function findProtocolVersion(
  read: (path: string) => Promise<string | undefined>,
): Promise<number | undefined> {
  const paths = new Set(['index.html']);
  // A set is walked to its end, also to what is added on the way.
  for (const path of paths) {
    const text = await read(path);
    if (text === undefined) continue;
    const [, version] = VERSION.exec(text) ?? [];
    if (version !== undefined) return Number(version);
    for (const [script] of text.matchAll(SCRIPT)) if (paths.size < MOST_FILES) paths.add(script);
  }
  return undefined;
}

export function judgeClientVersion(client: number | undefined, server: number, where: string): Finding {
  if (client === undefined) {
    return doubtful(
      CHECK,
      `The client in ${where} does not say which version of the protocol it speaks.`,
      'If it is no build of VCallPe, set CLIENT_DIST to one (npm start builds it).',
    );
  }
  if (client === server)
    return good(CHECK, `The client in ${where} speaks protocol ${client}, as the server does.`);
  return wrong(
    CHECK,
    `The client in ${where} speaks protocol ${client}, and the server ${server}: nobody can join.`,
    client < server
      ? 'Build the client of the version that the server has (npm start does), and point CLIENT_DIST there.'
      : 'Update and restart the media server: it is older than the client.',
  );
}
