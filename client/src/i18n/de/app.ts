export const app = {
  skip: 'Zum Inhalt springen',
  home: 'VCallPe, Startseite',
  loadingPage: 'Die Seite wird geladen',
  unreachable: 'VCallPe ist gerade nicht erreichbar. Es wird weiter versucht, bis eine Antwort kommt.',
  language: 'Sprache',
  languageFailed:
    'Diese Sprache lässt sich gerade nicht laden. Prüfe deine Verbindung und versuch es noch einmal.',
  theme: { label: 'Hell oder dunkel', system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  menu: {
    tooltip: 'Dein Konto',
    label: 'Konto von {{name}}',
    meetings: 'Meine Besprechungen',
    account: 'Konto',
    admin: 'Medienserver',
    signOut: 'Abmelden',
    stillSignedIn: 'Du bist noch angemeldet. {{reason}}.',
  },
  accountOnly: {
    title: 'Melde dich an, um diese Seite zu sehen',
    body: 'Sie gehört zu deinem Konto. Du bleibst dabei genau hier.',
  },
  notFound: {
    page: 'Nicht gefunden',
    title: 'Hier ist keine Seite',
    body: 'Vielleicht ist in der Adresse ein Tippfehler. Der Link einer Besprechung endet wie /r/tam-rilo-bek.',
  },
  broken: {
    title: 'Diese Seite funktioniert nicht mehr',
    body: 'Vielleicht wurde VCallPe aktualisiert, seit du sie geöffnet hast, oder deine Verbindung ist abgebrochen. Neu laden hilft meistens; du bleibst angemeldet.',
  },
};
