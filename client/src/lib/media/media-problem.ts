/** Why a camera or microphone is not there, in the few kinds that call for different words. */
export type MediaProblem =
  /** The person, or a policy of the browser, refused. */
  | 'denied'
  /** The browser may, but the operating system doesn't let the browser. */
  | 'deniedBySystem'
  /** There is no such device. */
  | 'missing'
  /** The device is there and can't be opened: another program holds it, or the driver failed. */
  | 'inUse'
  /** The chosen device can't do what was asked, or was taken away. */
  | 'overconstrained'
  /** The page was not loaded over https, so the browser hides its devices. */
  | 'insecure'
  /** This browser has no getUserMedia at all. */
  | 'unsupported'
  /** It worked, and then stopped: unplugged, or permission was taken back. */
  | 'lost'
  | 'unknown';

/**
 * The problem behind a rejection of getUserMedia. Names are those of the Media Capture specification;
 * the older ones are still thrown by some mobile browsers.
 */
export function problemOf(error: unknown): MediaProblem {
  // Not `instanceof Error`: in older browsers an OverconstrainedError is none.
  if (typeof error !== 'object' || error === null || !('name' in error)) return 'unknown';
  switch (error.name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return 'message' in error && /by system/i.test(String(error.message)) ? 'deniedBySystem' : 'denied';
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'inUse';
    case 'OverconstrainedError':
    case 'ConstraintNotSatisfiedError':
      return 'overconstrained';
    default:
      return 'unknown';
  }
}
