export const account = {
  title: 'Konto',
  name: { title: 'Name', save: 'Name speichern', saved: 'Du heißt jetzt {{name}}' },
  password: {
    about: 'Wenn du es änderst, werden alle deine anderen Geräte abgemeldet.',
    current: 'Bisheriges Passwort',
    new: 'Neues Passwort',
    change: 'Passwort ändern',
    changed: 'Dein Passwort ist geändert, und deine anderen Geräte sind abgemeldet',
    wrong: 'Das ist nicht dein Passwort',
  },
  sessions: {
    title: 'Sitzungen',
    about:
      'Ein Gerät verloren oder auf einem fremden angemeldet? Hier beendest du alle Sitzungen auf einmal.',
    end: 'Überall abmelden',
    ask: 'Überall abmelden?',
    meaning: 'Du wirst auf allen Geräten abgemeldet, auch auf diesem.',
    ended: 'Du bist überall abgemeldet',
  },
  delete: {
    title: 'Konto löschen',
    about: 'Damit sind auch deine Besprechungen und ihre Links weg. Das lässt sich nicht rückgängig machen.',
    ask: 'Dein Konto löschen?',
    meaning: 'Damit sind auch deine Besprechungen und ihre Links weg. Gib zur Bestätigung dein Passwort ein.',
    action: 'Endgültig löschen',
    done: 'Dein Konto ist gelöscht',
  },
};
