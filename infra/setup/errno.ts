// Asks an error of the operating system which one it is.

/** Whether this is the system error with that code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  // No instanceof: under Jest, Node's own errors come from another realm.
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
