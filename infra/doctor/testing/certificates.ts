/** Certificates with mistakes in them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface CertificateWish {
  /** DNS names that it is for. */
  names?: string[];
  addresses?: string[];
  /** Negative for one that has expired. */
  daysLeft?: number;
}

export interface CertificateFiles {
  TLS_CERT: string;
  TLS_KEY: string;
}

/** @param folder where both files go, under `name` */
export async function writeCertificate(
  folder: string,
  name: string,
  { names = [], addresses = ['127.0.0.1'], daysLeft = 90 }: CertificateWish = {},
): Promise<CertificateFiles> {
  const made = await generate([{ name: 'commonName', value: 'VCallPe in tests' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 100 * DAY_MS),
    notAfterDate: new Date(Date.now() + daysLeft * DAY_MS),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  const files = { TLS_CERT: join(folder, `${name}.crt`), TLS_KEY: join(folder, `${name}.key`) };
  await writeFile(files.TLS_CERT, made.cert);
  await writeFile(files.TLS_KEY, made.private, { mode: 0o600 });
  return files;
}
