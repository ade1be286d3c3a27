/** The journey everything else is for: three people, three browsers, one of them a guest. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Participant } from '../browser/participant.ts';
import { startService, type Service } from './service.ts';

// Far from each other and from each other's harmonics.
const TONES = { Mia: 500, Ben: 880, Zoe: 1330 };

describe('three people in three browsers', () => {
  let service: Service;
  let mia: Participant;
  let ben: Participant;
  let zoe: Participant;

  beforeAll(async () => {
    service = await startService();
    [mia, ben, zoe] = await Promise.all([open('Mia'), open('Ben'), open('Zoe')]);
  }, 900_000);

  afterAll(async () => {
    await Promise.all([mia, ben, zoe].map((person) => person?.close()));
    await service?.stop();
  }, 60_000);

  const open = (name: keyof typeof TONES) => Participant.open({ name, url: service.url, tone: TONES[name] });

  it('sign up, create, join, see and hear each other, mute, camera off, take over, leave', async () => {
    await mia.signUp('mia@example.org', 'correct horse battery');
    await ben.signUp('ben@example.org', 'another long password');

    const link = await mia.createRoom('Standup');
    await mia.join(link);
    await ben.join(link);
    await zoe.join(link);

    const people = [mia, ben, zoe];
    const pairs = people.flatMap((who) =>
      people.filter((other) => other !== who).map((other) => ({ who, other })),
    );
    for (const { who, other } of pairs) await who.waitForTile(other.name, { 'data-video': 'on' });
    await Promise.all(pairs.map(({ who, other }) => who.seesMoving(other.name)));
    for (const { who, other } of pairs) {
      await who.hears(other.name, TONES[other.name as keyof typeof TONES]);
    }

    await ben.press('Mute');
    await Promise.all([mia, zoe].map((who) => who.waitForTile('Ben', { 'data-muted': 'true' })));
    await mia.hearsNothingFrom('Ben');
    await mia.hears('Zoe', TONES.Zoe);
    await ben.press('Unmute');
    await mia.waitForTile('Ben', { 'data-muted': 'false' });
    await mia.hears('Ben', TONES.Ben);

    await zoe.press('Turn camera off');
    await Promise.all([mia, ben].map((who) => who.waitForTile('Zoe', { 'data-video': 'off' })));
    await zoe.press('Turn camera on');
    await Promise.all([mia, ben].map((who) => who.waitForTile('Zoe', { 'data-video': 'on' })));
    await mia.seesMoving('Zoe');

    await zoe.press('Leave');
    await Promise.all([mia, ben].map((who) => who.waitForNoTile('Zoe')));
    await zoe.press('Rejoin');
    await mia.waitForTile('Zoe');
    await mia.hears('Zoe', TONES.Zoe);
    await mia.seesMoving('Ben');

    // A guest's second tab is no second guest.
    const tab = await zoe.secondTab();
    await tab.prepareToJoin(link);
    await tab.press('Join');
    await tab.press('Join here instead');
    await tab.waitForTile('Mia', { 'data-video': 'on' });
    await zoe.page.getByText('You joined somewhere else').waitFor();
    await mia.waitForTile('Zoe');
    await mia.seesMoving('Zoe');

    for (const who of [...people, tab]) expect({ [who.name]: who.errors }).toEqual({ [who.name]: [] });
  }, 300_000);
});
