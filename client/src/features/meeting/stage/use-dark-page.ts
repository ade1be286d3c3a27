import { useLayoutEffect } from 'react';
import { COLOR_SCHEME_ATTRIBUTE } from '../../../app/theme.ts';

/** Makes the page dark in either scheme, and what opens over it too: menus and dialogs are children of the body. */
export function useDarkPage(): void {
  useLayoutEffect(() => {
    document.body.setAttribute(COLOR_SCHEME_ATTRIBUTE, 'dark');
    return () => document.body.removeAttribute(COLOR_SCHEME_ATTRIBUTE);
  }, []);
}
