/** Why a camera or a microphone is not there, and what to do; `both` where it is the same for the two. */
export const problems = {
  microphone: {
    denied: 'Microphone is blocked',
    deniedBySystem: 'Microphone is blocked by your system',
    missing: 'No microphone found',
    inUse: 'Microphone can’t be started',
    overconstrained: 'This microphone can’t be used',
    insecure: 'This page needs https for your microphone',
    unsupported: 'This browser can’t use your microphone',
    lost: 'Microphone stopped',
    unknown: 'Microphone can’t be started',
    /** As a browser and a system call it in their settings. */
    setting: 'Microphone',
    yours: 'your microphone',
    it: 'it',
    without: 'others won’t hear you',
  },
  camera: {
    denied: 'Camera is blocked',
    deniedBySystem: 'Camera is blocked by your system',
    missing: 'No camera found',
    inUse: 'Camera can’t be started',
    overconstrained: 'This camera can’t be used',
    insecure: 'This page needs https for your camera',
    unsupported: 'This browser can’t use your camera',
    lost: 'Camera stopped',
    unknown: 'Camera can’t be started',
    setting: 'Camera',
    yours: 'your camera',
    it: 'it',
    without: 'others won’t see you',
  },
  both: {
    denied: 'Camera and microphone are blocked',
    deniedBySystem: 'Camera and microphone are blocked by your system',
    missing: 'No camera or microphone found',
    inUse: 'Camera and microphone can’t be started',
    overconstrained: 'This camera and microphone can’t be used',
    insecure: 'This page needs https for your camera and microphone',
    unsupported: 'This browser can’t use your camera and microphone',
    lost: 'Camera and microphone stopped',
    unknown: 'Camera and microphone can’t be started',
    setting: 'Camera and Microphone',
    yours: 'your camera and microphone',
    it: 'them',
    without: 'others won’t see or hear you',
  },
  body: {
    denied: 'Your browser doesn’t let this page use {{yours}}.',
    deniedBySystem: 'This page has permission, but your system doesn’t let the browser use {{yours}}.',
    missing: 'Plug one in and press “{{tryAgain}}”.',
    inUse:
      'Another program is probably using {{it}}. Close that program and press “{{tryAgain}}”, or choose another device.',
    overconstrained:
      'What you chose isn’t there any more, or can’t do what a call needs. Choose another device.',
    insecure:
      'Browsers keep devices from pages whose address doesn’t start with https. Open the same address with https.',
    unsupported: 'Use a current Chrome, Edge, Firefox or Safari.',
    lost: 'Unplugged, or no longer allowed. Press “{{tryAgain}}” to use what is there now; until then {{without}}.',
    unknown: 'Your browser gave no reason. Press “{{tryAgain}}”.',
  },
  goOnWithout: 'You can take part without; {{without}}.',
  /** What to do in a browser, one step a line, as of the browsers' 2025 versions. */
  steps: {
    again: 'Press “{{tryAgain}}”.',
    system: {
      find: 'Open your system’s privacy settings and find {{setting}}.',
      allow: 'Allow this browser, and restart it if you are asked to.',
    },
    iosApp: {
      settings: 'Open the Settings app, find this browser and turn on {{setting}}.',
      reload: 'Come back and reload this page.',
    },
    iosSafari: {
      menu: 'Tap the page menu in the address bar, then the three dots.',
      allow: 'Open “Website Settings” and set {{setting}} to “Allow”.',
    },
    firefox: {
      symbol: 'Click the crossed-out symbol to the left of the address.',
      remove: 'Remove “Blocked” beside {{setting}}.',
      again: 'Press “{{tryAgain}}” and choose “Allow”.',
    },
    android: {
      symbol: 'Tap the symbol to the left of the address, then “Permissions”.',
      turnOn: 'Turn on {{setting}}; Android may ask once more.',
    },
    macSafari: {
      menu: 'In the menu bar, open Safari, then “Settings for This Website”.',
      allow: 'Set {{setting}} to “Allow”.',
    },
    chrome: {
      symbol: 'Click the symbol to the left of the address.',
      turnOn: 'Turn on {{setting}}.',
    },
  },
};
