// Restarts a service in development when its sources change.
import { watch } from 'node:fs';
import type { Service } from './service.ts';

/** An editor that saves, or a checkout that switches, changes several files at once: they count as one change. */
const SETTLE_MS = 150;

/** From now on, a change of a TypeScript source in one of the folders restarts the service. */
export function restartOnChange(service: Service, folders: string[]): void {
  let timer: NodeJS.Timeout | undefined;
  let restarting = Promise.resolve();
  const onChange = (file: string | null): void => {
    if (file === null || !/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      restarting = restarting.then(() => service.restart());
    }, SETTLE_MS);
  };
  for (const folder of folders) watch(folder, { recursive: true }, (_event, file) => onChange(file)).unref();
}
