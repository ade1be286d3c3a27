import type { Catalogue } from '../i18n.ts';

export const settings: Catalogue['settings'] = {
  title: 'Einstellungen',
  devices: 'Geräte',
  sound: 'Dein Ton',
  keys: 'Tastatur',
  looks: 'Sprache und Aussehen',
  noiseSuppression: {
    label: 'Rauschunterdrückung',
    hint: 'Nimmt Lüfter, Tippen und Verkehr heraus. Schalte sie aus, wenn du Musik machst.',
  },
  echoCancellation: {
    label: 'Echounterdrückung',
    hint: 'Verhindert, dass andere sich über deinen Lautsprecher selbst hören. Mit Kopfhörern brauchst du sie nicht.',
  },
  autoGainControl: {
    label: 'Automatische Lautstärke',
    hint: 'Macht dich etwa so laut wie die anderen.',
  },
  pushToTalk: {
    label: 'Leertaste halten, um zu sprechen',
    hint: 'Solange du sie hältst, hören die anderen dich, obwohl du stumm bist.',
  },
  letterKeys: {
    label: 'Einzelne Buchstaben sind Tastenkürzel',
    hint: 'Schalte das aus, wenn du deinen Computer mit der Stimme steuerst oder Tasten versehentlich drückst.',
  },
  speakerTest: {
    play: 'Lautsprecher testen',
    playing: 'Du solltest zwei Töne hören',
    failed: 'Auf diesem Lautsprecher konnte nichts abgespielt werden. Wähle einen anderen.',
  },
};
