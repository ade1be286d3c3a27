/** Tells when the machine has another network: back online, or from Wi-Fi to mobile where the browser knows of it. */
const connection = (globalThis.navigator as { connection?: EventTarget } | undefined)?.connection;

export function watchNetwork(listener: () => void): void {
  globalThis.addEventListener?.('online', listener);
  connection?.addEventListener('change', listener);
}

export function unwatchNetwork(listener: () => void): void {
  globalThis.removeEventListener?.('online', listener);
  connection?.removeEventListener('change', listener);
}
