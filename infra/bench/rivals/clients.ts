/** The way in, for whichever SFU it is. */
import { BareClient } from './bare-client.ts';
import { JanusClient } from './janus-client.ts';
import { VcallpeClient } from './vcallpe-client.ts';
import type { SfuClient, SfuEntry } from './sfu.ts';

/** @throws when the SFU does not answer */
export async function openClient(entry: SfuEntry): Promise<SfuClient> {
  switch (entry.sfu) {
    case 'bare':
      return new BareClient(entry.url);
    case 'janus':
      return JanusClient.open(entry.url, entry.room);
    case 'vcallpe':
      return new VcallpeClient(entry.url, entry.roomCode);
  }
}
