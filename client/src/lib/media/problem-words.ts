import type { DeviceSource } from './devices.ts';
import type { MediaProblem } from './media-problem.ts';

export interface ProblemWords {
  /** Whose problem it is: both devices share one when it is the same for both. */
  sources: DeviceSource[];
  title: string;
  body: string;
  /** What to do in this browser, one step a line. */
  steps: string[];
  /** Whether "Try again" can help without reloading the page. */
  retry: boolean;
}

interface Nouns {
  device: string;
  none: string;
  blocked: string;
  /** What follows from taking part without. */
  without: string;
  it: string;
}

const NOUNS: Record<DeviceSource | 'both', Nouns> = {
  microphone: {
    device: 'microphone',
    none: 'microphone',
    blocked: 'is blocked',
    without: 'others won’t hear you',
    it: 'it',
  },
  camera: {
    device: 'camera',
    none: 'camera',
    blocked: 'is blocked',
    without: 'others won’t see you',
    it: 'it',
  },
  both: {
    device: 'camera and microphone',
    none: 'camera or microphone',
    blocked: 'are blocked',
    without: 'others won’t see or hear you',
    it: 'them',
  },
};

/** What happened to each device, what it means and what to do; one entry when both have the same problem. */
export function describeProblems(
  problems: Partial<Record<DeviceSource, MediaProblem>>,
  userAgent: string,
): ProblemWords[] {
  const { microphone, camera } = problems;
  if (microphone && microphone === camera) {
    return [{ sources: ['microphone', 'camera'], ...describe('both', microphone, userAgent) }];
  }
  return (['microphone', 'camera'] as const).flatMap((source) => {
    const problem = problems[source];
    return problem ? [{ sources: [source], ...describe(source, problem, userAgent) }] : [];
  });
}

function describe(
  whose: DeviceSource | 'both',
  problem: MediaProblem,
  userAgent: string,
): Omit<ProblemWords, 'sources'> {
  const { device, none, blocked, without, it } = NOUNS[whose];
  const Device = device.charAt(0).toUpperCase() + device.slice(1);
  const goOnWithout = `You can take part without; ${without}.`;
  switch (problem) {
    case 'denied':
      return {
        title: `${Device} ${blocked}`,
        body: `Your browser doesn’t let this page use your ${device}. ${goOnWithout}`,
        steps: permissionSteps(whose, userAgent),
        retry: true,
      };
    case 'deniedBySystem':
      return {
        title: `${Device} ${blocked} by your system`,
        body: `This page has permission, but your system doesn’t let the browser use your ${device}. ${goOnWithout}`,
        steps: [
          `Open your system’s privacy settings and find ${device}.`,
          'Allow this browser, and restart it if you are asked to.',
          'Press “Try again”.',
        ],
        retry: true,
      };
    case 'missing':
      return {
        title: `No ${none} found`,
        body: `Plug one in and press “Try again”. ${goOnWithout}`,
        steps: [],
        retry: true,
      };
    case 'inUse':
      return {
        title: `${Device} can’t be started`,
        body: `Another program is probably using ${it}. Close that program and press “Try again”, or choose another device. ${goOnWithout}`,
        steps: [],
        retry: true,
      };
    case 'overconstrained':
      return {
        title: `This ${device} can’t be used`,
        body: `What you chose isn’t there any more, or can’t do what a call needs. Choose another device. ${goOnWithout}`,
        steps: [],
        retry: true,
      };
    case 'insecure':
      return {
        title: `This page needs https for your ${device}`,
        body: `Browsers keep devices from pages whose address doesn’t start with https. Open the same address with https. ${goOnWithout}`,
        steps: [],
        retry: false,
      };
    case 'unsupported':
      return {
        title: `This browser can’t use your ${device}`,
        body: `Use a current Chrome, Edge, Firefox or Safari. ${goOnWithout}`,
        steps: [],
        retry: false,
      };
    case 'lost':
      return {
        title: `${Device} stopped`,
        body: `Unplugged, or no longer allowed. Press “Try again” to use what is there now; until then ${without}.`,
        steps: [],
        retry: true,
      };
    case 'unknown':
      return {
        title: `${Device} can’t be started`,
        body: `Your browser gave no reason. Press “Try again”. ${goOnWithout}`,
        steps: [],
        retry: true,
      };
  }
}

/** The browser's own way to give a refused permission back, as of its 2025 versions. */
function permissionSteps(whose: DeviceSource | 'both', userAgent: string): string[] {
  const setting = { microphone: 'Microphone', camera: 'Camera', both: 'Camera and Microphone' }[whose];
  const again = 'Press “Try again”.';
  if (/iPhone|iPad/.test(userAgent)) {
    return /CriOS|FxiOS|EdgiOS/.test(userAgent)
      ? [
          `Open the Settings app, find this browser and turn on ${setting}.`,
          'Come back and reload this page.',
        ]
      : [
          'Tap the page menu in the address bar, then the three dots.',
          `Open “Website Settings” and set ${setting} to “Allow”.`,
          again,
        ];
  }
  if (/Firefox\//.test(userAgent)) {
    return [
      'Click the crossed-out symbol to the left of the address.',
      `Remove “Blocked” beside ${setting}.`,
      'Press “Try again” and choose “Allow”.',
    ];
  }
  if (/Android/.test(userAgent)) {
    return [
      'Tap the symbol to the left of the address, then “Permissions”.',
      `Turn on ${setting}; Android may ask once more.`,
      again,
    ];
  }
  if (/Safari\//.test(userAgent) && !/Chrome\//.test(userAgent)) {
    return [
      'In the menu bar, open Safari, then “Settings for This Website”.',
      `Set ${setting} to “Allow”.`,
      again,
    ];
  }
  return ['Click the symbol to the left of the address.', `Turn on ${setting}.`, again];
}
