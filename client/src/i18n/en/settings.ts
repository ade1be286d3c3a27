/** The dialog in which somebody sets things for themselves, in this browser. */
export const settings = {
  title: 'Settings',
  devices: 'Devices',
  sound: 'Your sound',
  keys: 'Keyboard',
  looks: 'Language and looks',
  noiseSuppression: {
    label: 'Noise suppression',
    hint: 'Takes out fans, typing and traffic. Turn it off to play music.',
  },
  echoCancellation: {
    label: 'Echo cancellation',
    hint: 'Keeps others from hearing themselves through your speaker. With headphones you don’t need it.',
  },
  autoGainControl: {
    label: 'Automatic level',
    hint: 'Makes you about as loud as the others.',
  },
  pushToTalk: {
    label: 'Hold the space bar to talk',
    hint: 'While you are muted, others hear you for as long as you hold it.',
  },
  letterKeys: {
    label: 'Single letters are shortcuts',
    hint: 'Turn this off if you control your computer by voice, or press keys by accident.',
  },
  speakerTest: {
    play: 'Test the speaker',
    playing: 'You should hear two notes',
    failed: 'Nothing could be played on this speaker. Choose another one.',
  },
};
