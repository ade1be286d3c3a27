/** What somebody sends and receives in a meeting: share, devices that come and go, sound without pictures. */
export const media = {
  more: 'More',
  dismiss: 'Dismiss',
  copyLink: 'Copy link',
  settings: 'Settings',
  shortcuts: 'Keyboard shortcuts',
  fullScreen: 'Full screen',
  fullScreenEnd: 'Leave full screen',
  share: {
    start: 'Share screen',
    stop: 'Stop sharing',
    on: 'Everyone sees what you share.',
    onWithSound: 'Everyone sees and hears what you share.',
    blocked: {
      title: 'Your screen can’t be shared',
      body: 'Your system doesn’t let this browser see the screen. Allow screen recording for it in the privacy settings of your system, restart the browser, and share again.',
    },
    failed: {
      title: 'Nothing is shared',
      body: 'The browser could not start to share what you chose. Choose another window, or the whole screen.',
    },
  },
  audioOnly: {
    start: 'Audio only',
    stop: 'Show videos',
    on: 'Audio only: you receive no videos, and your camera is off.',
  },
  mutedSpeech: {
    plain: 'You are muted, nobody hears you.',
    withKey: 'You are muted. Hold the space bar to talk.',
    unmute: 'Unmute now',
  },
  news: {
    microphone: {
      fellBack: 'Your microphone was unplugged. “{{name}}” is used now.',
      cameBack: 'Your microphone “{{name}}” is back.',
      offered: 'There is a new microphone: “{{name}}”.',
    },
    camera: {
      fellBack: 'Your camera was unplugged. “{{name}}” is used now.',
      cameBack: 'Your camera “{{name}}” is back.',
      offered: 'There is a new camera: “{{name}}”.',
    },
    speaker: {
      fellBack: 'Your speaker was unplugged. You hear the meeting on “{{name}}” now.',
      cameBack: 'Your speaker “{{name}}” is back.',
      offered: 'There is a new speaker: “{{name}}”.',
    },
    use: 'Use it',
  },
};
