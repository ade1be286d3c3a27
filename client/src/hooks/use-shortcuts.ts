import { useEffect, useRef } from 'react';
import { preferences } from '../lib/preferences.ts';

/** Whether a key goes into text, where it must stay a key. */
export function isTyping(target: EventTarget | null): boolean {
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

/** The same for keys that need no Ctrl, by their names: `PageDown`, `m`, `?`. Letters can be turned off in the settings. */
export function useKeys(acts: Acts): void {
  useKeyDown(acts, ({ ctrlKey, metaKey, key, target }) => {
    if (ctrlKey || metaKey) return false;
    return key.length > 1 || (preferences.getState().letterKeys && !isChoosing(target));
  });
}

/** Whether a letter is looked for among what is offered, or belongs to a dialog. */
function isChoosing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=menu], [role=listbox], [role=dialog]') !== null;
}

function useKeyDown(acts: Acts, applies: (event: KeyboardEvent) => boolean): void {
  const latest = useRef({ acts, applies });
  useEffect(() => {
    latest.current = { acts, applies };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { altKey, shiftKey, repeat, key, target, defaultPrevented } = event;
      // A sign such as ? may need Shift; a letter with it is another one.
      const shifted = shiftKey && (key.length > 1 || key.toLowerCase() !== key.toUpperCase());
      if (altKey || shifted || repeat || defaultPrevented || isTyping(target)) return;
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
