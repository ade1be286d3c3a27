import type { Catalogue } from '../i18n.ts';

export const shortcuts: Catalogue['shortcuts'] = {
  title: 'Tastenkürzel',
  lettersOff: 'Einzelne Buchstaben sind in den Einstellungen ausgeschaltet.',
  keys: { space: 'Leertaste', ctrl: 'Strg', pageUp: 'Bild auf', pageDown: 'Bild ab' },
  does: {
    microphone: 'Ton aus- oder einschalten',
    camera: 'Kamera aus- oder einschalten',
    talk: 'Halten, um trotz Stummschaltung zu sprechen',
    share: 'Bildschirm teilen oder damit aufhören',
    hand: 'Hand heben oder senken',
    chat: 'Chat öffnen oder schließen',
    people: 'Liste der Personen öffnen oder schließen',
    layout: 'Nächste Anordnung',
    fullScreen: 'Vollbild ein- oder ausschalten',
    pageBefore: 'Seite davor',
    pageNext: 'Nächste Seite',
    close: 'Schließen, was offen ist',
    list: 'Diese Liste',
  },
};
