/** Lets one scenario happen, and reads what was aimed for from what the browsers have seen. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Row } from '../bench/table.ts';
import { until } from '../browser/wait.ts';
import { receivedFrom } from './flow.ts';
import type { Home } from './home.ts';
import { signIn, signUp, type Lab } from './lab.ts';
import type { Person } from './person.ts';
import type { Actor, Recording, Scenario, Stage, Watched } from './scenario.ts';
import { tellStory } from './story.ts';
import type { HomeName } from './topology.ts';

/** Gives up on media that does not come, ms; longer than any aim, so that a miss has a figure. */
const CONNECT_WITHIN_MS = 20_000;

/** Of its output, for the story of a scenario that could not be played. */
const SERVICE_LINES = 20;

let runs = 0;

export interface Outcome {
  /** One for each aim; one that is missed, with the reason, when the scenario could not be played to its end. */
  rows: Row[];
  /** What happened, for when an aim was missed. */
  story: string[];
}

/** @param patience how many times as long as usual things may take, and are watched */
export async function runScenario(lab: Lab, scenario: Scenario, patience = 1): Promise<Outcome> {
  const people: Person[] = [];
  try {
    const recording = await play(lab, scenario, people, patience);
    return { rows: scenario.aims.flatMap((aim) => aim(recording)), story: tellStory(recording) };
  } catch (error) {
    const looks = await Promise.all(
      [...(lab.mia ? [lab.mia] : []), ...people].map((person) => person.describe()),
    );
    await lab.giveUpHost();
    const rows = [{ what: 'played to the end', aim: 'yes', measured: linesOf(error)[0] ?? '', ok: false }];
    const service = lab.service.output().split('\n').slice(-SERVICE_LINES);
    return { rows, story: [...linesOf(error), ...looks, 'The service said last:', ...service] };
  } finally {
    await Promise.all(people.map((person) => person.close()));
    for (const home of Object.values(lab.topology.homes)) home.restore();
  }
}

/** @param people gets those who have to be closed in the end */
async function play(lab: Lab, scenario: Scenario, people: Person[], patience: number): Promise<Recording> {
  const { homes } = lab.topology;
  const { camera, others: otherCount = 0, account = false, steps, watchMs } = scenario;
  const email = `ben${(runs += 1)}@example.org`;
  const openBen = async (home: HomeName): Promise<Person> => {
    const person = await lab.open(home, { name: 'Ben', camera });
    people.push(person);
    return person;
  };

  const mia = await lab.host();
  const meet = async (): Promise<string> => {
    const link = await mia.participant.createRoom(scenario.name);
    await mia.participant.join(link);
    return link;
  };
  // A browser takes its time to start.
  const [link, first] = await Promise.all([meet(), openBen('ben')]);
  let ben = first;
  let other: Person | undefined;
  const others = otherCount > 0 ? await openOthers(lab, link, otherCount, people) : [];
  if (account) await signUp(ben, email);
  await scenario.before?.(homes.ben);
  await ben.participant.prepareToJoin(link);
  const joinedAt = Date.now();
  await ben.participant.clickJoin();
  await hearAndSeeEachOther([mia, ben, ...others], joinedAt, CONNECT_WITHIN_MS * patience);

  const stage: Stage = {
    mia: actor(homes.mia, () => mia),
    ben: {
      ...actor(homes.ben, () => ben),
      killBrowser: () => ben.kill(),
      async openOtherBrowser() {
        other = await openBen('others');
        if (account) await signIn(other, email);
        await other.participant.prepareToJoin(link);
      },
      async joinFromOtherBrowser() {
        if (!other) throw new Error('There is no other browser');
        ben = other;
        await ben.participant.clickJoin();
      },
    },
    kill: (what) => lab.service.kill(what),
  };
  const stepsAt: number[] = [];
  const repairsBefore = lab.service.repairs();
  for (const step of steps) {
    await delay(step.afterMs);
    stepsAt.push(Date.now());
    await step.does(stage);
  }
  await delay(watchMs * patience);

  const everyone = await Promise.all(
    [mia, ben, ...others].map(async (person): Promise<Watched> => ({
      name: person.name,
      samples: (await person.samples()).filter(({ at }) => at >= joinedAt),
    })),
  );
  const repairs = new Map(
    [...lab.service.repairs()]
      // A new process counts from zero.
      .map(([cause, count]) => [cause, count - (repairsBefore.get(cause) ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
  const [watchedMia, watchedBen] = everyone;
  if (!watchedMia || !watchedBen) throw new Error('Nobody was watched');
  return { joinedAt, stepsAt, endedAt: Date.now(), mia: watchedMia, ben: watchedBen, everyone, repairs };
}

function actor(home: Home, who: () => Person): Actor {
  return {
    home,
    press: (button) => who().participant.press(button),
    paths: () => who().paths(),
  };
}

async function openOthers(lab: Lab, link: string, count: number, people: Person[]): Promise<Person[]> {
  const first = await lab.open('others', { name: 'Other 1' });
  people.push(first);
  const others = [first];
  for (let i = 2; i <= count; i += 1) others.push(await first.another(`Other ${i}`));
  for (const { participant } of others) await participant.join(link);
  return others;
}

/** Resolves when everyone has seen everyone, and Mia and Ben have heard each other, or when it is clear that it won't be. */
async function hearAndSeeEachOther(
  people: readonly Person[],
  since: number,
  withinMs: number,
): Promise<void> {
  const complete = async (): Promise<boolean> => {
    const all = await Promise.all(people.map((person) => person.samples()));
    return people.every((from) =>
      people.every((to, i) => {
        if (from === to) return true;
        const samples = all[i]?.filter(({ at }) => at >= since) ?? [];
        const voices = people.indexOf(from) < 2 && i < 2;
        return (
          samples.some((sample) => receivedFrom(sample, from.name).videoFrames > 0) &&
          (!voices || samples.some((sample) => receivedFrom(sample, from.name).audioEnergy > 0))
        );
      }),
    );
  };
  // A miss is not an error here: the aims tell it.
  await until('everyone to see everyone', complete, { withinMs }).catch(() => undefined);
}

function linesOf(error: unknown): string[] {
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n');
}
