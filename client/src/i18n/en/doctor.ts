export const doctor = {
  title: 'Connection check',
  about: 'Finds out in about half a minute whether you will be seen and heard, and if not, why.',
  /** What others in the meeting see of the check. */
  guest: 'Connection check',
  form: {
    label: 'Code or link of a meeting',
    hint: 'The check goes in for some seconds, silent. Best take one that nobody is in and everyone can enter.',
    missing: 'Enter the code of a meeting, like tam-rilo-bek, or paste its link',
    start: 'Start the check',
    again: 'Check again',
    stop: 'Stop',
  },
  summary: {
    wrong: 'Something keeps you from taking part as you should. See below what to do.',
    stopped: 'The check was stopped.',
    doubtful: 'You can take part. Something could be better.',
    good: 'All is well: you can take part, be seen and be heard.',
  },
  report: {
    title: 'VCallPe connection report, {{at}}',
    copy: 'Copy report',
    copied: 'Report copied',
    notCopied: 'Your browser doesn’t let the page copy. Select the report on the page instead.',
    notLookedAt: 'not looked at',
  },
  checks: {
    label: 'Checks',
    browser: 'Browser',
    microphone: 'Microphone',
    camera: 'Camera',
    service: 'VCallPe',
    relays: 'Ways through firewalls',
    path: 'Way to the media server',
    quality: 'Connection',
  },
  /** What stands in a line until there is a result. */
  doing: {
    browser: 'Looking at what it can do',
    microphone: 'Say something',
    camera: 'Waiting for a picture',
    service: 'Asking to be let in',
    relays: 'Asking each server',
    path: 'Looking for a way',
    quality: 'Measuring for some seconds',
  },
  marks: {
    waiting: 'Not looked at',
    running: 'Under way',
    good: 'Good',
    doubtful: 'Could be better',
    wrong: 'Wrong',
  },
  level: 'Microphone level',
  browserGood: 'This browser can take part in video meetings.',
  serviceGood: 'Lets you into {{room}}; it answered in {{ms}} ms.',
  thenAgain: 'Then check again.',
  anotherMeeting:
    'That says nothing about your connection. Take a meeting for the check that everyone can enter.',
  microphone: {
    good: '“{{device}}” works, and sound arrives.',
    silent: '“{{device}}” opens, and no sound came from it.',
    silentNext:
      'Speak while the check runs. If that changes nothing, choose another microphone, or look for a mute switch on it.',
  },
  camera: {
    good: '“{{device}}” works, with {{width}} × {{height}} pixels.',
    dark: '“{{device}}” opens, and gives no picture.',
    darkNext: 'Close other programs that use it, plug it in anew, and check again.',
  },
  relays: {
    none: 'This VCallPe has no relay (TURN).',
    noneNext:
      'In networks that let only web traffic out you may not get into a meeting. Whoever runs it can add one.',
    good: '{{url}} answered in {{ms}} ms.',
    unauthorized: '{{url}} refuses the credentials that VCallPe gives out.',
    unauthorizedNext: 'Tell whoever runs this VCallPe: its TURN secret is not the one that the relay has.',
    silent: '{{url}} did not answer.',
    refused: '{{url}} refused ({{code}}).',
    another: 'Your network may block this way. Another one works, so it matters little.',
    onlyOne:
      'Your network may block it: try another one. If it fails there too, tell whoever runs this VCallPe.',
  },
};
