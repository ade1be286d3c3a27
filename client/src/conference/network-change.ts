/** Tells when the machine has another network: back online, or from Wi-Fi to mobile where the browser knows of it. */
type Connection = EventTarget & { type?: string };

const connection = (globalThis.navigator as { connection?: Connection } | undefined)?.connection;

/**
 * `change` also tells of new estimates of delay and rate, on desktops of nothing else, and these are no other network.
 *
 * @returns a way to stop
 */
export function watchNetwork(
  listener: () => void,
  { connection: watched = connection, page = globalThis as Partial<EventTarget> } = {},
): () => void {
  let type = watched?.type;
  const onChange = () => {
    if (watched?.type === type) return;
    type = watched?.type;
    listener();
  };
  page.addEventListener?.('online', listener);
  watched?.addEventListener('change', onChange);
  return () => {
    page.removeEventListener?.('online', listener);
    watched?.removeEventListener('change', onChange);
  };
}
