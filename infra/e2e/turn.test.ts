/** TURN=local: two people whose browsers may use nothing but the relay, over UDP, TCP and TLS. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { readSettings } from '../setup/settings.ts';
import { testFolder } from '../setup/test-folder.ts';
import { prepareTls } from '../setup/tls.ts';
import { freePorts } from './free-ports.ts';
import { startService, type Service } from './service.ts';

type Carrier = 'udp' | 'tcp' | 'tls';

const folder = testFolder();
let service: Service;
let mia: Participant;
let link: string;

beforeAll(async () => {
  const [port, tlsPort] = await freePorts(2);
  // Nobody signed this certificate; the browsers of the tests are told to take any.
  const tls = await prepareTls(readSettings({ DATA_DIR: folder }));
  service = await startService({
    TURN: 'local',
    TURN_PORT: String(port),
    TURN_TLS_PORT: String(tlsPort),
    TURN_CERT: tls.cert,
    TURN_KEY: tls.key,
  });
  mia = await Participant.open({ name: 'Mia', url: service.url, tone: 500 });
  await allowOnly(mia, 'udp');
  await mia.signUp('mia@example.org', 'correct horse battery');
  link = await mia.createRoom('Behind a firewall');
  await mia.join(link);
}, 900_000);

afterAll(async () => {
  await mia?.close();
  await service?.stop();
}, 60_000);

/** Makes every connection of the page a relayed one, with TURN over `carrier`, as a firewall would. */
async function allowOnly({ page }: Participant, carrier: Carrier): Promise<void> {
  await page.addInitScript((wanted) => {
    const carrierOf = (url: string) => (url.startsWith('turns:') ? 'tls' : url.split('transport=')[1]);
    const connections: RTCPeerConnection[] = [];
    Object.assign(window, { connections });
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration: RTCConfiguration = {}) {
        const iceServers = configuration.iceServers?.map((server) => ({
          ...server,
          urls: [server.urls].flat().filter((url) => carrierOf(url) === wanted),
        }));
        super({ ...configuration, iceServers, iceTransportPolicy: 'relay' });
        connections.push(this);
      }
    };
  }, carrier);
}

/** How the page's connections reach their relay, for those that carry media: `udp`, `tcp`, `tls`. */
function relaysInUse({ page }: Participant): Promise<string[]> {
  return page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const used: string[] = [];
    for (const connection of connections) {
      const stats = new Map((await connection.getStats()) as unknown as Map<string, Record<string, string>>);
      const transport = [...stats.values()].find(({ type }) => type === 'transport');
      const pair = stats.get(transport?.['selectedCandidatePairId'] ?? '');
      const local = stats.get(pair?.['localCandidateId'] ?? '');
      if (local) used.push(local['candidateType'] === 'relay' ? (local['relayProtocol'] ?? '') : 'direct');
    }
    return used;
  });
}

describe('with nothing but the relay', () => {
  it.each(['udp', 'tcp', 'tls'] as const)(
    'over %s, people see and hear each other',
    async (carrier) => {
      const ben = await Participant.open({ name: 'Ben', url: service.url, tone: 880 });
      try {
        await allowOnly(ben, carrier);
        await ben.join(link);
        await Promise.all([mia.seesMoving('Ben'), ben.seesMoving('Mia')]);
        await mia.hears('Ben', 880);
        await ben.hears('Mia', 500);
        await until('both directions to be relayed', async () => (await relaysInUse(ben)).length === 2);
        expect(await relaysInUse(ben)).toEqual([carrier, carrier]);
        expect(await relaysInUse(mia)).toEqual(['udp', 'udp']);
      } finally {
        await ben.close();
      }
      await mia.waitForNoTile('Ben');
    },
    180_000,
  );
});
