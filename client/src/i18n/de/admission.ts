import type { Catalogue } from '../i18n.ts';

export const admission: Catalogue['admission'] = {
  prejoin: {
    password: 'Passwort der Besprechung',
    ask: 'Um Einlass bitten',
    over: 'Die Besprechung war zu Ende, bevor du eingelassen wurdest.',
  },
  waiting: {
    title: 'Warten auf {{room}}',
    admission: {
      title: 'Du wirst gleich eingelassen',
      body: 'Wer diese Besprechung leitet, sieht, dass du da bist. Bis dahin sieht und hört dich niemand.',
    },
    host: {
      title: 'Die Besprechung hat noch nicht begonnen',
      body: 'Sie beginnt, sobald jemand da ist, der sie leitet. Du kommst dann von selbst hinein; bleib einfach auf dieser Seite.',
    },
    reconnecting: 'Die Verbindung ging verloren. Wir fragen noch einmal …',
    message: '{{from}} schreibt:',
    leave: 'Gehen',
  },
  knock: {
    one: '{{name}} möchte teilnehmen',
    many_one: '{{name}} und {{count}} weitere Person möchten teilnehmen',
    many_other: '{{name}} und {{count}} weitere möchten teilnehmen',
    admit: 'Einlassen',
    view: 'Ansehen',
  },
  lobby: {
    title_one: 'Wartet ({{count}})',
    title_other: 'Warten ({{count}})',
    since: 'seit {{time}}',
    newcomersKnock: 'Jemand wurde entfernt oder abgewiesen. Deshalb müssen alle Neuen eingelassen werden.',
    admit: 'Einlassen',
    admitName: '{{name}} einlassen',
    deny: 'Abweisen',
    denyName: '{{name}} abweisen',
    admitAll: 'Alle einlassen',
    message: 'Nachricht an die Wartenden',
    send: 'Senden',
    sent: 'Die Wartenden können es jetzt lesen',
  },
  barred: {
    title_one: 'Nicht eingelassen ({{count}})',
    title_other: 'Nicht eingelassen ({{count}})',
    letBackIn: 'Wieder einlassen',
    letBackInName: '{{name}} wieder einlassen',
  },
};
