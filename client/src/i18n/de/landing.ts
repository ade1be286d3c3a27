export const landing = {
  title: 'Videobesprechungen, die dein Team selbst betreibt.',
  about: 'Link öffnen, sehen, dass Bild und Ton stimmen, und reden. Nichts zu installieren.',
  newMeeting: 'Neue Besprechung',
  meetingOf: 'Besprechung von {{name}}',
  codeOrLink: 'Code oder Link',
  code: {
    missing: 'Gib den Code einer Besprechung ein, oder füg ihren Link ein',
    noMeeting: 'In diesem Link ist keine Besprechung. So einer endet wie /r/{{example}}',
    digits: 'Ein Code hat keine Ziffern, nur Buchstaben, wie {{example}}',
    length_one: 'Ein Code hat {{letters}} Buchstaben, wie {{example}}; hier ist es {{count}}',
    length_other: 'Ein Code hat {{letters}} Buchstaben, wie {{example}}; hier sind es {{count}}',
    slip: 'Das kann kein Code sein: Codes sind leicht zu sagen, wie {{example}}. Such nach einem Tippfehler',
  },
  recent: {
    title: 'Deine Besprechungen',
    manage: 'Verwalten',
    join: '{{name}} beitreten',
    loading: 'Deine Besprechungen werden geladen',
    none: 'Noch keine Besprechungen',
    noneBody:
      '„{{newMeeting}}“ legt eine an. Ihr Link bleibt gleich, so dass ihr euch dort wieder treffen könnt.',
  },
};
