import type { Catalogue } from '../i18n.ts';

export const media: Catalogue['media'] = {
  more: 'Mehr',
  dismiss: 'Schließen',
  copyLink: 'Link kopieren',
  settings: 'Einstellungen',
  shortcuts: 'Tastenkürzel',
  fullScreen: 'Vollbild',
  fullScreenEnd: 'Vollbild verlassen',
  share: {
    start: 'Bildschirm teilen',
    stop: 'Teilen beenden',
    on: 'Alle sehen, was du teilst.',
    onWithSound: 'Alle sehen und hören, was du teilst.',
    blocked: {
      title: 'Dein Bildschirm kann nicht geteilt werden',
      body: 'Dein System lässt diesen Browser den Bildschirm nicht sehen. Erlaube ihm in den Datenschutzeinstellungen deines Systems die Bildschirmaufnahme, starte den Browser neu und teile noch einmal.',
    },
    failed: {
      title: 'Es wird nichts geteilt',
      body: 'Der Browser konnte nicht teilen, was du gewählt hast. Wähle ein anderes Fenster oder den ganzen Bildschirm.',
    },
  },
  audioOnly: {
    start: 'Nur Ton',
    stop: 'Videos zeigen',
    on: 'Nur Ton: Du empfängst keine Videos, und deine Kamera ist aus.',
  },
  mutedSpeech: {
    plain: 'Du bist stumm, niemand hört dich.',
    withKey: 'Du bist stumm. Halte die Leertaste gedrückt, um zu sprechen.',
    unmute: 'Ton einschalten',
  },
  news: {
    microphone: {
      fellBack: 'Dein Mikrofon wurde abgezogen. Jetzt wird „{{name}}“ benutzt.',
      cameBack: 'Dein Mikrofon „{{name}}“ ist wieder da.',
      offered: 'Es gibt ein neues Mikrofon: „{{name}}“.',
    },
    camera: {
      fellBack: 'Deine Kamera wurde abgezogen. Jetzt wird „{{name}}“ benutzt.',
      cameBack: 'Deine Kamera „{{name}}“ ist wieder da.',
      offered: 'Es gibt eine neue Kamera: „{{name}}“.',
    },
    speaker: {
      fellBack: 'Dein Lautsprecher wurde abgezogen. Du hörst die Besprechung jetzt über „{{name}}“.',
      cameBack: 'Dein Lautsprecher „{{name}}“ ist wieder da.',
      offered: 'Es gibt einen neuen Lautsprecher: „{{name}}“.',
    },
    use: 'Benutzen',
  },
};
