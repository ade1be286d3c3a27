import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from './use-toast.tsx';

/** The address that brings somebody to this room. */
export function roomLink(code: string): string {
  return new URL(`/r/${code}`, window.location.origin).href;
}

/** Copies the link of a room, or shows it where the browser keeps the clipboard to itself. */
export function useCopyLink(code: string): () => void {
  const { t } = useTranslation();
  const toast = useToast();
  return useCallback(() => {
    const link = roomLink(code);
    // `clipboard` is always there in the types, and is missing where the page is not secure.
    const written = (navigator.clipboard as Clipboard | undefined)?.writeText(link) ?? Promise.reject();
    written.then(
      () => toast(t('linkCopied')),
      () => toast(t('linkShown', { link })),
    );
  }, [code, toast, t]);
}
