export const doctor = {
  title: 'Verbindungstest',
  about:
    'Findet in etwa einer halben Minute heraus, ob man dich sehen und hören wird, und wenn nicht, warum.',
  guest: 'Verbindungstest',
  form: {
    label: 'Code oder Link einer Besprechung',
    hint: 'Der Test geht für ein paar Sekunden hinein, ohne Ton. Nimm am besten eine, in der niemand ist und in die jeder hineinkommt.',
    missing: 'Gib den Code einer Besprechung ein, wie tam-rilo-bek, oder füg ihren Link ein',
    start: 'Test starten',
    again: 'Noch einmal testen',
    stop: 'Anhalten',
  },
  summary: {
    wrong: 'Etwas hindert dich daran, richtig teilzunehmen. Unten steht, was du tun kannst.',
    stopped: 'Der Test wurde angehalten.',
    doubtful: 'Du kannst teilnehmen. Etwas könnte besser sein.',
    good: 'Alles in Ordnung: Du kannst teilnehmen, gesehen und gehört werden.',
  },
  report: {
    title: 'VCallPe-Verbindungsbericht, {{at}}',
    copy: 'Bericht kopieren',
    copied: 'Bericht kopiert',
    notCopied: 'Dein Browser lässt die Seite nicht kopieren. Markier den Bericht stattdessen auf der Seite.',
    notLookedAt: 'nicht geprüft',
  },
  checks: {
    label: 'Prüfungen',
    browser: 'Browser',
    microphone: 'Mikrofon',
    camera: 'Kamera',
    service: 'VCallPe',
    relays: 'Wege durch Firewalls',
    path: 'Weg zum Medienserver',
    quality: 'Verbindung',
  },
  doing: {
    browser: 'Es wird geprüft, was er kann',
    microphone: 'Sag etwas',
    camera: 'Warten auf ein Bild',
    service: 'Es wird um Einlass gebeten',
    relays: 'Jeder Server wird gefragt',
    path: 'Ein Weg wird gesucht',
    quality: 'Ein paar Sekunden lang wird gemessen',
  },
  marks: {
    waiting: 'Nicht geprüft',
    running: 'Läuft',
    good: 'Gut',
    doubtful: 'Könnte besser sein',
    wrong: 'Fehlerhaft',
  },
  level: 'Mikrofonpegel',
  browserGood: 'Dieser Browser kann an Videobesprechungen teilnehmen.',
  serviceGood: 'Lässt dich in {{room}}; die Antwort kam nach {{ms}} ms.',
  thenAgain: 'Teste dann noch einmal.',
  anotherMeeting:
    'Über deine Verbindung sagt das nichts. Nimm für den Test eine Besprechung, in die jeder hineinkommt.',
  microphone: {
    good: '„{{device}}“ funktioniert, und Ton kommt an.',
    silent: '„{{device}}“ lässt sich öffnen, aber es kam kein Ton.',
    silentNext:
      'Sprich, während der Test läuft. Wenn das nichts ändert, nimm ein anderes Mikrofon, oder such daran nach einem Stummschalter.',
  },
  camera: {
    good: '„{{device}}“ funktioniert, mit {{width}} × {{height}} Pixeln.',
    dark: '„{{device}}“ lässt sich öffnen, gibt aber kein Bild.',
    darkNext: 'Schließ andere Programme, die sie verwenden, steck sie neu ein und teste noch einmal.',
  },
  relays: {
    none: 'Dieses VCallPe hat keinen Relay-Server (TURN).',
    noneNext:
      'Aus Netzen, die nur Webseiten hinauslassen, kommst du vielleicht in keine Besprechung. Wer es betreibt, kann einen hinzufügen.',
    good: '{{url}} hat nach {{ms}} ms geantwortet.',
    unauthorized: '{{url}} lehnt die Zugangsdaten ab, die VCallPe ausgibt.',
    unauthorizedNext:
      'Sag es der Person, die dieses VCallPe betreibt: Sein TURN-Geheimnis ist nicht das des Relay-Servers.',
    silent: '{{url}} hat nicht geantwortet.',
    refused: '{{url}} hat abgelehnt ({{code}}).',
    another: 'Vielleicht sperrt dein Netz diesen Weg. Ein anderer geht, also macht es wenig aus.',
    onlyOne:
      'Vielleicht sperrt ihn dein Netz: Versuch ein anderes. Wenn es dort auch nicht geht, sag es der Person, die dieses VCallPe betreibt.',
  },
};
