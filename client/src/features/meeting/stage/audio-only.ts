/** Sound without pictures: for a weak line, a data plan, or the pocket. */
import type { Tile } from '@vcallpe/shared';
import { useCallback, useMemo, useState } from 'react';
import type { ConferenceState, Participant } from '../../../conference/state.ts';
import type { LocalMedia } from '../../../lib/media/local-media.ts';

/** The meeting as somebody sees it who receives no video: people are there, what they show is not. */
export function withoutVideo(state: ConferenceState): ConferenceState {
  const unseen = (other: Participant): Participant => {
    const heard = { ...other };
    delete heard.camera;
    delete heard.screen;
    return heard;
  };
  return { ...state, others: state.others.map(unseen) };
}

export interface AudioOnly {
  on: boolean;
  set: (on: boolean) => void;
  /** The state as it is to be drawn. */
  state: ConferenceState;
  /** In place of `onShow`. */
  onShow: (tiles: readonly Tile[]) => void;
}

/** The camera goes off with it, and stays off after it: only the person turns a camera on. */
export function useAudioOnly(
  full: ConferenceState,
  media: LocalMedia,
  onShow: (tiles: readonly Tile[]) => void,
): AudioOnly {
  const [on, setOn] = useState(false);
  const set = useCallback(
    (next: boolean) => {
      setOn(next);
      if (next) void media.setOn('camera', false);
    },
    [media],
  );
  const state = useMemo(() => (on ? withoutVideo(full) : full), [on, full]);
  const show = useCallback((tiles: readonly Tile[]) => onShow(on ? [] : tiles), [on, onShow]);
  return { on, set, state, onShow: show };
}
