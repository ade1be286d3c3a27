// The certificate of `npm start -- --https`: self-signed, for this machine's names and addresses, kept in DATA_DIR/tls.
import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { lanAddress } from './network.ts';
import type { Settings } from './settings.ts';

export interface TlsFiles {
  cert: string;
  key: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Safari refuses certificates that are valid for longer than 825 days. */
const VALID_MS = 365 * DAY_MS;
const RENEW_BEFORE_END_MS = 14 * DAY_MS;

function ownNames(): string[] {
  return [...new Set(['localhost', hostname()])];
}

function ownAddresses(settings: Settings): string[] {
  const lan = Object.values(networkInterfaces())
    .flat()
    .filter((entry) => entry?.family === 'IPv4')
    .map((entry) => entry?.address ?? '');
  return [...new Set(['127.0.0.1', lanAddress(settings) ?? '127.0.0.1', ...lan])];
}

/** Whether the certificate is for all the names and addresses, and stays valid for two more weeks. */
function isStillGood(pem: string, names: string[], addresses: string[]): boolean {
  const certificate = new X509Certificate(pem);
  return (
    certificate.validToDate.getTime() - Date.now() > RENEW_BEFORE_END_MS &&
    names.every((name) => certificate.checkHost(name) !== undefined) &&
    addresses.every((address) => certificate.checkIP(address) !== undefined)
  );
}

/** The certificate and its key (mode 0600), made anew when the machine's addresses have changed or it runs out. */
export async function prepareTls(settings: Settings): Promise<TlsFiles> {
  const folder = join(settings.dataDir, 'tls');
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const [names, addresses] = [ownNames(), ownAddresses(settings)];

  const kept = await Promise.all([readFile(files.cert, 'utf8'), readFile(files.key)]).catch(() => undefined);
  if (!kept || !isStillGood(kept[0], names, addresses)) {
    const made = await generate([{ name: 'commonName', value: 'VCallPe on this machine' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      notAfterDate: new Date(Date.now() + VALID_MS),
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            ...names.map((value) => ({ type: 2 as const, value })),
            ...addresses.map((ip) => ({ type: 7 as const, ip })),
          ],
        },
      ],
    });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(files.key, made.private, { mode: 0o600 });
    await writeFile(files.cert, made.cert);
  }
  await chmod(files.key, 0o600);
  return files;
}
