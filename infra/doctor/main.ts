/** `npm run doctor`: examines this machine, or a service anywhere, and says what to change. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { clientOrigins } from '../setup/network.ts';
import { printFailure } from '../setup/progress.ts';
import { answersOk } from '../setup/readiness.ts';
import { doubtful, examine, type Finding, type Tell } from './finding.ts';
import { HELP, parseOptions, type DoctorOptions } from './options.ts';
import { checkFromOutside } from './outside/check.ts';
import { formatFinding, formatSum } from './report.ts';
import { checkServer } from './server/check.ts';
import type { ServerSettings } from './server/settings.ts';

/** The page as a browser on this machine opens it; undefined when the service does not run. */
async function localPage({ settings, api }: ServerSettings): Promise<string | undefined> {
  const [origin] = clientOrigins(settings);
  if (origin === undefined || !(await answersOk(`${origin}/healthz`))) return undefined;
  // Its own certificate is signed by nobody, and trusted here because it is a file of ours.
  if (api.tls) {
    setDefaultCACertificates([...getCACertificates('default'), readFileSync(api.tls.certFile, 'utf8')]);
  }
  return origin;
}

async function examineAll(options: DoctorOptions, tell: Tell): Promise<void> {
  const { room, credentials } = options;
  const visit = (url: string) =>
    examine('Service', tell, () =>
      checkFromOutside({ url, room, credentials, signal: new AbortController().signal }, tell),
    );
  if (options.url !== undefined) return visit(options.url);
  const read = await checkServer(process.env, options.https, tell);
  if (!read) return;
  const page = await localPage(read);
  if (page !== undefined) return visit(page);
  const says =
    'VCallPe does not run with these settings now, so only the settings and the machine were looked at.';
  tell(doubtful('Service', says, 'Start it, and run the doctor again; from elsewhere with --url.'));
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.help) {
    console.log(HELP);
    return;
  }
  const findings: Finding[] = [];
  await examineAll(options, (finding) => {
    findings.push(finding);
    console.log(formatFinding(finding, process.stdout.isTTY));
  });
  console.log(`\n${formatSum(findings)}`);
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify({ findings }, undefined, 2)}\n`);
  }
  if (findings.some(({ level }) => level === 'wrong')) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  printFailure(error);
  process.exitCode = 1;
});
