import { useEffect, useRef } from 'react';

/** Whether a key goes into text, where it must stay a key. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/**
 * Runs an act on Ctrl (or, on a Mac, Command) with a letter, wherever the focus is but in a text field.
 * The browser's own act for those keys does not happen.
 */
export function useShortcuts(acts: Readonly<Record<string, () => void>>): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
      if (!(ctrlKey || metaKey) || altKey || shiftKey || repeat || isTyping(event.target)) return;
      const act = latest.current[event.key.toLowerCase()];
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
