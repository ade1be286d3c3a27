/** Everything that scenarios share: the network, the service and the TURN server on it, and Mia, who hosts. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Person, type PersonOptions } from './person.ts';
import { startService, type Service } from './service.ts';
import { buildTopology, type HomeName, type Topology } from './topology.ts';
import { startTurn, type Turn } from './turn.ts';

const PASSWORD = 'correct horse battery';

export const TONES = { mia: 500, ben: 880, others: 700 };

export interface Lab {
  topology: Topology;
  service: Service;
  /** Opens a browser in one of the homes. It ends with the lab, if not before. */
  open(home: HomeName, options: Pick<PersonOptions, 'name' | 'camera'>): Promise<Person>;
  /** Undefined until she is needed. */
  readonly mia: Person | undefined;
  /** Mia, signed in; a new one when her browser has been given up. */
  host(): Promise<Person>;
  /** Mia's next scenario begins with a new browser. */
  giveUpHost(): Promise<void>;
  close(): Promise<void>;
}

export async function openLab(): Promise<Lab> {
  const dir = await mkdtemp(join(tmpdir(), 'vcallpe-lab-'));
  // For an end that leaves no time to close.
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const topology = buildTopology();
  const closers: (() => Promise<void>)[] = [];
  let mia: Person | undefined;
  const close = async () => {
    await mia?.close();
    for (const closer of closers.toReversed()) await closer();
    topology.remove();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const turn: Turn = await startTurn(topology.turn, topology.sfu, dir);
    closers.push(() => turn.stop());
    const service = await startService(topology.sfu, dir, turn.servers);
    closers.push(() => service.stop());
    const open: Lab['open'] = (home, options) =>
      Person.open({
        ...options,
        home: topology.homes[home],
        url: service.url,
        tone: TONES[home],
        turnKeyHash: turn.keyHash,
        dir,
      });
    let hosts = 0;
    return {
      topology,
      service,
      open,
      get mia() {
        return mia;
      },
      async host() {
        if (mia) return mia;
        mia = await open('mia', { name: 'Mia' });
        await signUp(mia, `mia${(hosts += 1)}@example.org`);
        return mia;
      },
      async giveUpHost() {
        await mia?.close();
        mia = undefined;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

export function signUp(person: Person, email: string): Promise<void> {
  return person.participant.signUp(email, PASSWORD);
}

export async function signIn({ page, participant }: Person, email: string): Promise<void> {
  await page.goto(participant.url);
  await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}
