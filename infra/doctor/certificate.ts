/** What is to be said of a TLS certificate, whether it was read from a file or shown by a server. */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { doubtful, good, wrong, type Finding } from './finding.ts';

const CHECK = 'TLS certificate';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Who renews by itself, as ACME clients do, does so 30 days before the end; then something is amiss. */
const WARN_BEFORE_END_MS = 14 * DAY_MS;

export interface CertificateFacts {
  certificate: X509Certificate;
  /** Host names and addresses that browsers use. */
  hosts: readonly string[];
  /** Where it was found, such as a path or an origin. */
  from: string;
  nowMs: number;
  /** False when the private key beside it is another's. */
  matchesKey?: boolean;
  /** Why a client does not trust it, by its signatures alone. */
  distrust?: string;
}

/** All that is wrong with it, or else one good or doubtful word. */
export function judgeCertificate(facts: CertificateFacts): Finding[] {
  const { certificate, hosts, from, nowMs, matchesKey = true, distrust } = facts;
  const found: Finding[] = [];
  const until = certificate.validToDate;
  const day = until.toISOString().slice(0, 10);
  const renew = 'Renew it, set TLS_CERT and TLS_KEY to the new files, and restart.';
  const restMs = until.getTime() - nowMs;

  if (!matchesKey) {
    found.push(
      wrong(
        CHECK,
        `The key does not belong to the certificate (${from}).`,
        'Set TLS_KEY to the key of TLS_CERT.',
      ),
    );
  }
  if (restMs <= 0) found.push(wrong(CHECK, `The certificate of ${from} expired on ${day}.`, renew));
  if (certificate.validFromDate.getTime() > nowMs) {
    const begin = certificate.validFromDate.toISOString();
    found.push(
      wrong(
        CHECK,
        `The certificate of ${from} is not valid before ${begin}.`,
        'Set the clock of this machine, or use another certificate.',
      ),
    );
  }
  const strangers = hosts.filter((host) => !names(certificate, host));
  if (strangers.length > 0) {
    found.push(
      wrong(
        CHECK,
        `The certificate of ${from} is not for ${strangers.join(', ')}, but for ${namesOf(certificate)}.`,
        `Get one that names ${strangers.join(', ')}, or use the address that it is for.`,
      ),
    );
  }
  // An expired one is never trusted either, and that is said already.
  if (distrust !== undefined && found.length === 0) {
    found.push(
      wrong(
        CHECK,
        `The certificate of ${from} is not trusted: ${distrust}.`,
        'Use one of a public authority, and put its intermediate certificates in TLS_CERT too. A self-signed one is for trying out.',
      ),
    );
  }
  if (found.length > 0) return found;
  const rest = `for ${Math.floor(restMs / DAY_MS)} more days`;
  return restMs < WARN_BEFORE_END_MS
    ? [doubtful(CHECK, `The certificate of ${from} is valid ${rest}, until ${day}.`, renew)]
    : [good(CHECK, `The certificate of ${from} is valid ${rest}.`)];
}

function names(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;
}

function namesOf({ subjectAltName, subject }: X509Certificate): string {
  return subjectAltName?.replaceAll(/(DNS|IP Address):/g, '') ?? subject;
}
