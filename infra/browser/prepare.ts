/** What a program needs before it can start the service and open browsers, when it is not run by `npm test`. */
import { prepareChromium } from '../setup/chromium.ts';
import { prepareClient } from '../setup/client.ts';
import { readSettings } from '../setup/settings.ts';
import { endToolsOnSignals } from '../setup/tool.ts';
import { prepareWorker } from '../setup/worker.ts';

export async function prepareBrowserRun(): Promise<void> {
  endToolsOnSignals();
  const settings = readSettings(process.env);
  process.env['MEDIASOUP_WORKER_BIN'] = await prepareWorker(settings);
  process.env['CHROMIUM_BIN'] = await prepareChromium(settings);
  await prepareClient(settings);
}
