import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../conference/state.ts';
import { useStore } from '../../../hooks/use-store.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { streamOf } from '../../../lib/media/stream-of.ts';
import { initialsPicture } from './initials-picture.ts';
import { PictureInPicture } from './picture-in-picture.ts';

/** The window itself, for as long as the meeting is on the screen. */
export function useFloatingWindow(): { floating: PictureInPicture; open: boolean } {
  const [floating] = useState(() => new PictureInPicture());
  useEffect(() => floating.close, [floating]);
  return { floating, open: useStore(floating) };
}

/**
 * Keeps the window at whom it should show.
 *
 * @param subject undefined while nobody else is in the meeting
 * @returns opens or closes it; undefined where there is no such window, or nobody to show
 */
export function useFloatingSpeaker(
  floating: PictureInPicture,
  subject: Participant | undefined,
): (() => void) | undefined {
  const { t } = useTranslation('layout');
  const toast = useToast();
  const open = useStore(floating);
  const { participantId, displayName, camera } = subject ?? {};
  const track = camera?.paused === false ? camera.track : undefined;
  const stream = useMemo(() => {
    if (track) return () => streamOf(track);
    return once(() => initialsPicture(participantId ?? '', displayName ?? ''));
  }, [track, participantId, displayName]);

  useEffect(() => {
    if (!open) return;
    if (participantId === undefined) floating.close();
    else floating.show(stream());
  }, [open, participantId, stream, floating]);

  const toggle = useCallback(() => {
    if (floating.getState()) floating.close();
    else floating.open(stream()).catch(() => toast(t('floating.failed')));
  }, [floating, stream, toast, t]);
  return floating.available && participantId !== undefined ? toggle : undefined;
}

/** Makes it when it is asked for, and the same one from then on. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
