/** The way in: passwords, waiting, and those who let people in. */
export const admission = {
  prejoin: {
    password: 'Password of the meeting',
    ask: 'Ask to join',
    over: 'The meeting ended before you were let in.',
  },
  waiting: {
    title: 'Waiting to join {{room}}',
    admission: {
      title: 'You’ll be let in soon',
      body: 'The people who run this meeting see that you are here. Until then nobody sees or hears you.',
    },
    host: {
      title: 'The meeting hasn’t begun yet',
      body: 'It begins when its host is there. You’ll come in by yourself then; just stay on this page.',
    },
    reconnecting: 'The connection was lost. Asking again…',
    message: '{{from}} writes:',
    leave: 'Leave',
  },
  knock: {
    one: '{{name}} wants to join',
    many_one: '{{name}} and {{count}} other want to join',
    many_other: '{{name}} and {{count}} others want to join',
    admit: 'Admit',
    view: 'View',
  },
  lobby: {
    title_one: 'Waiting ({{count}})',
    title_other: 'Waiting ({{count}})',
    since: 'since {{time}}',
    newcomersKnock: 'Somebody was removed or turned away. So everyone new has to be let in.',
    admit: 'Admit',
    admitName: 'Admit {{name}}',
    deny: 'Turn away',
    denyName: 'Turn away {{name}}',
    admitAll: 'Admit all',
    message: 'Message to those who wait',
    send: 'Send',
    sent: 'Those who wait can read it now',
  },
  barred: {
    title_one: 'Not let in ({{count}})',
    title_other: 'Not let in ({{count}})',
    letBackIn: 'Let back in',
    letBackInName: 'Let back in: {{name}}',
  },
};
