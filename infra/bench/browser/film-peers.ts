/** A process of people whose cameras show a film. */
import { serve } from '../assistant.ts';
import { openClient } from '../rivals/clients.ts';
import type { SfuEntry } from '../rivals/sfu.ts';
import type { FilmFrame } from './film.ts';
import { filmSender } from './film-sender.ts';

const methods = {
  async play({ entry, count, film }: { entry: SfuEntry; count: number; film: FilmFrame[] }) {
    const client = await openClient(entry);
    for (let index = 0; index < count; index += 1) await client.connectSender(filmSender(index, film));
  },
};
export type FilmMethods = typeof methods;

serve(methods);
