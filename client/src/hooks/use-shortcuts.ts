import { useEffect, useRef } from 'react';

/** Whether a key goes into text, where it must stay a key. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

type Acts = Readonly<Record<string, () => void>>;

/**
 * Runs an act on Ctrl (or, on a Mac, Command) with a letter, wherever the focus is but in a text field.
 * The browser's own act for those keys does not happen.
 */
export function useShortcuts(acts: Acts): void {
  useKeyDown(acts, ({ ctrlKey, metaKey }) => ctrlKey || metaKey);
}

/** The same for keys that need no Ctrl, by their names: `PageDown`. */
export function useKeys(acts: Acts): void {
  useKeyDown(acts, ({ ctrlKey, metaKey }) => !ctrlKey && !metaKey);
}

function useKeyDown(acts: Acts, applies: (event: KeyboardEvent) => boolean): void {
  const latest = useRef({ acts, applies });
  useEffect(() => {
    latest.current = { acts, applies };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { altKey, shiftKey, repeat, key, target, defaultPrevented } = event;
      if (altKey || shiftKey || repeat || defaultPrevented || isTyping(target)) return;
      if (!latest.current.applies(event)) return;
      const act = latest.current.acts[key.length === 1 ? key.toLowerCase() : key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

const isMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as this computer's keyboards name it. */
export function shortcutName(letter: string): string {
  return isMac() ? `⌘${letter.toUpperCase()}` : `Ctrl+${letter.toUpperCase()}`;
}
