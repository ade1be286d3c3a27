/** What the two servers answer over HTTP: are they there, are they ready, what time is it there, which client is served. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { judgeCertificate } from '../certificate.ts';
import { findProtocolVersion } from '../client-build.ts';
import { readDateHeader, type ClockReading } from '../clock.ts';
import { good, reasonOf, wrong, type Finding } from '../finding.ts';
import { z } from 'zod';

const ANSWER_WITHIN_MS = 10_000;

const Refusal = z.object({ error: z.object({ message: z.string() }) });
const NotReady = z.object({ problems: z.array(z.string()) });

/** What is wrong with the certificate that `origin` shows; nothing where there is no TLS. */
export async function checkShownCertificate(origin: string): Promise<Finding[]> {
  const { protocol, hostname, port, host } = new URL(origin);
  if (protocol !== 'https:') return [];
  const name = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host: name,
    port: Number(port || 443),
    servername: isIP(name) ? undefined : name,
    // It is looked at here, in order to say what is wrong with it.
    rejectUnauthorized: false,
    timeout: ANSWER_WITHIN_MS,
  });
  try {
    return await new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('timeout', () => reject(new Error('no answer')));
      socket.once('secureConnect', () => {
        const raw = socket.getPeerX509Certificate()?.raw;
        if (!raw) return reject(new Error('it shows no certificate'));
        const facts = { certificate: new X509Certificate(raw), hosts: [name], from: host, nowMs: Date.now() };
        const distrust = socket.authorized ? undefined : String(socket.authorizationError);
        resolve(judgeCertificate({ ...facts, distrust }));
      });
    });
  } catch (error) {
    const says = `${origin} can’t be reached over TLS: ${reasonOf(error)}.`;
    return [wrong('TLS certificate', says, 'Set TLS_CERT and TLS_KEY, or let the proxy in front end TLS.')];
  } finally {
    socket.destroy();
  }
}

export interface SiteAnswer {
  finding: Finding;
  /** Whether it makes sense to ask for more. */
  usable: boolean;
  clock?: ClockReading;
}

/**
 * Asks a server of ours whether it is ready.
 *
 * @param name such as `API` @param setting what says where it is
 */
export async function askReadiness(origin: string, name: string, setting: string): Promise<SiteAnswer> {
  const check = name.charAt(0).toUpperCase() + name.slice(1);
  const askedMs = Date.now();
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    body = await response.json().catch(() => undefined);
  } catch (error) {
    const says = `The ${name} at ${origin} can’t be reached: ${reasonOf(error)}.`;
    const remedy = `Is it running, and is its port open? Otherwise correct ${setting}.`;
    return { finding: wrong(check, says, remedy), usable: false };
  }
  const clock = readDateHeader(response.headers.get('date'), askedMs, Date.now());
  if (response.ok) return { finding: good(check, `The ${name} at ${origin} is ready.`), usable: true, clock };
  const why =
    NotReady.safeParse(body).data?.problems.join(', ') ??
    Refusal.safeParse(body).data?.error.message ??
    `HTTP ${response.status}`;
  const remedy = 'Look into its log; on its machine, npm run doctor says more.';
  return {
    finding: wrong(check, `The ${name} at ${origin} is not ready: ${why}.`, remedy),
    // A proxy may keep /readyz to itself; what matters is asked for later.
    usable: response.status !== 503,
    clock,
  };
}

/** The protocol version of the client that a service hands to browsers. */
export function servedProtocolVersion(origin: string): Promise<number | undefined> {
  return findProtocolVersion(async (path) => {
    const response = await fetch(new URL(path === 'index.html' ? '' : path, `${origin}/`), {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return response.ok ? response.text() : undefined;
  });
}
