export const errors = {
  codes: {
    VALIDATION_FAILED: {
      title: 'Im Formular stimmt etwas nicht',
      body: 'Prüfe deine Eingaben und sende es noch einmal ab.',
    },
    UNAUTHENTICATED: {
      title: 'Du bist abgemeldet',
      body: 'Deine Sitzung ist beendet. Melde dich an, um weiterzumachen.',
    },
    INVALID_CREDENTIALS: {
      title: 'E-Mail-Adresse oder Passwort ist falsch',
      body: 'Prüfe beides und versuch es noch einmal. Bei Passwörtern zählt die Groß- und Kleinschreibung.',
    },
    TOKEN_INVALID: {
      title: 'Du bist abgemeldet',
      body: 'Deine Sitzung ist nicht mehr gültig. Melde dich an, um weiterzumachen.',
    },
    TOKEN_EXPIRED: {
      title: 'Das hat zu lange gedauert',
      body: 'Deine Erlaubnis zum Beitreten ist inzwischen abgelaufen. Versuch es noch einmal.',
    },
    TOKEN_REUSED: {
      title: 'Du bist abgemeldet',
      body: 'Deine Sitzung wurde an zwei Stellen benutzt und deshalb zum Schutz deines Kontos beendet. Melde dich an, um weiterzumachen.',
    },
    UNSUPPORTED_BROWSER: {
      title: 'Dieser Browser kann nicht teilnehmen',
      body: 'Ihm fehlt, was Videobesprechungen brauchen. Nimm ein aktuelles Firefox, Chrome, Edge oder Safari.',
    },
    FORBIDDEN: {
      title: 'Das darfst du hier nicht',
      body: 'Deine Rolle erlaubt es nicht. Wende dich an jemanden, der die Besprechung leitet.',
    },
    GUESTS_NOT_ALLOWED: {
      title: 'Diese Besprechung ist für Leute mit Konto',
      body: 'Gäste sind hier nicht zugelassen. Melde dich an oder leg ein Konto an, um beizutreten.',
    },
    PASSWORD_NEEDED: {
      title: 'Diese Besprechung hat ein Passwort',
      body: 'Frag die Person danach, die dich eingeladen hat, und gib es hier ein.',
    },
    PASSWORD_WRONG: {
      title: 'Das ist nicht das Passwort',
      body: 'Prüfe es und versuch es noch einmal. Groß- und Kleinschreibung zählt.',
    },
    ADMISSION_NEEDED: {
      title: 'Du musst eingelassen werden',
      body: 'Jemand, der diese Besprechung leitet, muss dich einlassen. Bitte um Einlass.',
    },
    ROOM_LOCKED: {
      title: 'Diese Besprechung ist gesperrt',
      body: 'Gerade kommt niemand Neues herein. Bitte die Leitung, sie zu öffnen, und versuch es dann noch einmal.',
    },
    REMOVED: {
      title: 'Du kannst dieser Besprechung nicht beitreten',
      body: 'Die Leitung hat das so entschieden. Bei der nächsten in diesem Raum kannst du wieder dabei sein.',
    },
    NOT_FOUND: {
      title: 'Das gibt es nicht mehr',
      body: 'Vielleicht wurde es inzwischen entfernt.',
    },
    ROOM_NOT_FOUND: {
      title: 'Diese Besprechung gibt es nicht',
      body: 'Vielleicht ist im Code ein Tippfehler, oder die Besprechung wurde gelöscht. Lass dir den Link noch einmal geben.',
    },
    UNKNOWN_METHOD: {
      title: 'Diese Seite ist veraltet',
      body: 'Der Server hat sich geändert, seit du sie geöffnet hast. Lade die Seite neu.',
    },
    METHOD_NOT_ALLOWED: {
      title: 'Diese Seite ist veraltet',
      body: 'Der Server hat sich geändert, seit du sie geöffnet hast. Lade die Seite neu.',
    },
    ALREADY_JOINED: {
      title: 'Du bist schon in dieser Besprechung',
      body: 'Sie ist in einem anderen Tab oder auf einem anderen Gerät offen. Tritt stattdessen hier bei, dann endet sie dort.',
    },
    SESSION_GONE: {
      title: 'Du warst zu lange weg',
      body: 'Dein Platz wurde freigegeben. Tritt noch einmal bei.',
    },
    EMAIL_TAKEN: {
      title: 'Zu dieser E-Mail-Adresse gibt es schon ein Konto',
      body: 'Melde dich an oder nimm eine andere.',
    },
    WRONG_STATE: {
      title: 'Das passte gerade nicht',
      body: 'Die Besprechung war in einem anderen Zustand als erwartet. Das ist ein Fehler der Seite und nicht deiner. Lade sie neu und versuch es noch einmal.',
    },
    CANNOT_CONSUME: {
      title: 'Jemand kann nicht gezeigt werden',
      body: 'Dein Browser kann nicht abspielen, was von dort kommt. Ein aktuelles Chrome, Edge, Firefox oder Safari kann es.',
    },
    LIMIT_REACHED: {
      title: 'Du hast die Grenze erreicht',
      body: 'Entferne etwas, das du nicht mehr brauchst, und versuch es noch einmal.',
    },
    ROOM_FULL: {
      title: 'Diese Besprechung ist voll',
      body: 'Es sind so viele Leute da, wie hineindürfen. Versuch es noch einmal, wenn jemand gegangen ist.',
    },
    PAYLOAD_TOO_LARGE: {
      title: 'Das ist zu viel auf einmal',
      body: 'Kürze deine Eingabe und sende sie noch einmal ab.',
    },
    UNSUPPORTED_MEDIA_TYPE: {
      title: 'Auf dieser Seite ist etwas schiefgegangen',
      body: 'Das ist ein Fehler der Seite und nicht deiner. Lade sie neu und versuch es noch einmal.',
    },
    PROTOCOL_VERSION: {
      title: 'Diese Seite ist veraltet',
      body: 'VCallPe wurde aktualisiert, seit du sie geöffnet hast. Lade die Seite neu.',
    },
    RATE_LIMITED: {
      title: 'Zu viele Versuche',
      body: 'Zum Schutz der Konten ist jetzt eine Pause.',
    },
    INTERNAL: {
      title: 'Bei uns ist etwas schiefgegangen',
      body: 'Von dir ist nichts verloren. Versuch es noch einmal; wenn es so bleibt, sag es der Person, die diesen Server betreibt.',
    },
    UNAVAILABLE: {
      title: 'VCallPe ist nicht erreichbar',
      body: 'Dein Netz oder der Server ist weg. Prüfe deine Verbindung und versuch es noch einmal.',
    },
    TIMEOUT: {
      title: 'Der Server antwortet nur langsam',
      body: 'Vielleicht ist er ausgelastet oder deine Verbindung schwach. Versuch es gleich noch einmal.',
    },
  },
  waitSeconds_one: 'Versuch es in {{count}} Sekunde noch einmal.',
  waitSeconds_other: 'Versuch es in {{count}} Sekunden noch einmal.',
  waitMinutes_one: 'Versuch es in etwa einer Minute noch einmal.',
  waitMinutes_other: 'Versuch es in etwa {{count}} Minuten noch einmal.',
  waitUnknown: 'Versuch es in ein paar Minuten noch einmal.',
  reference: 'Kennung: {{id}}',
};
