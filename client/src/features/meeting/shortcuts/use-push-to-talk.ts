import { useEffect } from 'react';
import { isTyping } from '../../../hooks/use-shortcuts.ts';
import type { LocalMedia } from '../../../lib/media/local-media.ts';
import { preferences } from '../../../lib/preferences.ts';

/**
 * Holding the space bar unmutes, and letting go mutes again; nothing of it for who is not muted, or does not want it.
 *
 * @param media undefined for who may not speak
 */
export function usePushToTalk(media: LocalMedia | undefined): void {
  useEffect(() => {
    if (!media) return undefined;
    let talking = false;
    /** What has the focus only because it was clicked. `:focus-visible` can't tell: a key makes it match. */
    let clicked: Element | null = null;
    const onPointerDown = ({ target }: PointerEvent) => {
      clicked = target instanceof Element ? target.closest(BUTTON) : null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Tab') clicked = null;
      if (event.key !== ' ') return;
      if (talking) event.preventDefault();
      const { ctrlKey, metaKey, altKey, shiftKey, repeat, defaultPrevented, target } = event;
      const mayTalk = preferences.getState().pushToTalk && !media.getState().microphone.on;
      if (talking || !mayTalk || repeat || defaultPrevented || needsSpace(target, clicked)) return;
      if (ctrlKey || metaKey || altKey || shiftKey) return;
      event.preventDefault();
      talking = true;
      void media.setOn('microphone', true);
    };
    const stop = () => {
      if (!talking) return;
      talking = false;
      void media.setOn('microphone', false);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key !== ' ' || !talking) return;
      event.preventDefault();
      stop();
    };
    document.addEventListener('pointerdown', onPointerDown);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('keyup', onKeyUp);
    // A key that is let go over another window is never told of here.
    window.addEventListener('blur', stop);
    return () => {
      stop();
      document.removeEventListener('pointerdown', onPointerDown);
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', stop);
    };
  }, [media]);
}

const BUTTON = 'button, a, summary, [role=button]';

/** Space presses the button that somebody has reached by keyboard; one that was clicked has the focus by accident. */
function needsSpace(target: EventTarget | null, clicked: Element | null): boolean {
  if (isTyping(target) || !(target instanceof HTMLElement)) return true;
  if (target.closest('[role=menu], [role=listbox], [role=dialog]')) return true;
  const button = target.closest(BUTTON);
  return button !== null && button !== clicked;
}
