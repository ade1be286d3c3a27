/** What the keys do in a meeting. */
export const shortcuts = {
  title: 'Keyboard shortcuts',
  lettersOff: 'Single letters are turned off in the settings.',
  keys: { space: 'Space', ctrl: 'Ctrl', pageUp: 'Page up', pageDown: 'Page down' },
  does: {
    microphone: 'Mute or unmute',
    camera: 'Turn the camera on or off',
    talk: 'Hold to talk while muted',
    share: 'Share your screen, or stop it',
    hand: 'Raise or lower your hand',
    chat: 'Open or close the chat',
    people: 'Open or close the list of people',
    layout: 'Next layout',
    fullScreen: 'Full screen on or off',
    pageBefore: 'Page before',
    pageNext: 'Next page',
    close: 'Close what is open',
    list: 'This list',
  },
};
