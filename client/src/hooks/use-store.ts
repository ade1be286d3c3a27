import { useSyncExternalStore } from 'react';

/** The state of something that tells when it changes, such as the chat. */
export function useStore<T>(store: {
  getState: () => T;
  subscribe: (listener: () => void) => () => void;
}): T {
  return useSyncExternalStore(store.subscribe, store.getState);
}
