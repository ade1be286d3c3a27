/** What others do in a meeting, in as few sentences as it takes: in full while it is little, by number in a storm. */
import type { Topic } from '../../../lib/announcer/batch.ts';
import { t } from '../../../i18n/i18n.ts';
import { describePresence, presenceChange } from '../stage/presence.ts';

/** As many can be read, and two toasts are seen at a time. */
const IN_FULL = 2;

/** Does something to oneself or the meeting. */
export const HOST_ACT: Topic<string> = { sentences: (texts) => [...texts], atOnce: true, first: true };

export interface Presence {
  change: 'joined' | 'left';
  name: string;
}

/** Who is back before it was told has neither left nor joined. */
export const PRESENCE: Topic<Presence> = {
  sentences: (news) => {
    const names = (wanted: Presence['change']) =>
      news.filter(({ change }) => change === wanted).map(({ name }) => name);
    return describePresence(presenceChange(names('left'), names('joined')));
  },
};

/** What somebody wrote, with their name. */
export const MESSAGE: Topic<string> = {
  sentences: (texts) =>
    texts.length <= IN_FULL ? [...texts] : [t('conversation:chat.several', { count: texts.length })],
};

/** What somebody asks the meeting. */
export const POLL: Topic<string> = {
  sentences: (texts) =>
    texts.length <= IN_FULL ? [...texts] : [t('conversation:polls.several', { count: texts.length })],
};

/** The name of who raises a hand. */
export const HAND: Topic<string> = {
  sentences: (names) => [
    names.length === 1
      ? t('conversation:hand.toast', { name: names[0] })
      : t('conversation:hand.several', { count: names.length }),
  ],
};

/** A reaction, with the name of who sent it. */
export const REACTION: Topic<string> = {
  sentences: (texts) => [
    texts.length === 1 ? String(texts[0]) : t('conversation:react.several', { count: texts.length }),
  ],
};

/** The name of who wants to come in. */
export const KNOCK: Topic<string> = { sentences: (names) => [knockWords(names)] };

export function knockWords([name, ...others]: readonly string[]): string {
  return others.length === 0
    ? t('admission:knock.one', { name })
    : t('admission:knock.many', { name, count: others.length });
}
