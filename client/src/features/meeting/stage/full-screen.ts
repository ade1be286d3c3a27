/** The whole screen for the page: a store, so that leaving it with Escape is seen, too. */
export const fullScreen = {
  /** Phones of one maker have it for videos only. */
  available: (): boolean => document.fullscreenEnabled,
  getState: (): boolean => document.fullscreenElement !== null,
  subscribe(listener: () => void): () => void {
    document.addEventListener('fullscreenchange', listener);
    return () => document.removeEventListener('fullscreenchange', listener);
  },
  /** To be called from a click or a key. The browser may refuse, and then all stays as it is. */
  toggle(): void {
    const change = fullScreen.getState()
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen({ navigationUI: 'hide' });
    change.catch(() => undefined);
  },
};
