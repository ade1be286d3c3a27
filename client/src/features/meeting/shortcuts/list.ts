/** Every key of the meeting, as the list on `?` shows it. Whoever adds a key adds it here. */
import type { Catalogue } from '../../../i18n/i18n.ts';

export interface Shortcut {
  /** As they are printed on keys; several are pressed together. */
  keys: readonly string[];
  does: keyof Catalogue['shortcuts']['does'];
  /** It goes with the other letters when they are turned off. */
  letter: boolean;
}

export const SHORTCUT_LIST: readonly Shortcut[] = [
  { keys: ['M'], does: 'microphone', letter: true },
  { keys: ['V'], does: 'camera', letter: true },
  { keys: ['Space'], does: 'talk', letter: false },
  { keys: ['S'], does: 'share', letter: true },
  { keys: ['H'], does: 'hand', letter: true },
  { keys: ['C'], does: 'chat', letter: true },
  { keys: ['P'], does: 'people', letter: true },
  { keys: ['L'], does: 'layout', letter: true },
  { keys: ['F'], does: 'fullScreen', letter: true },
  { keys: ['PageUp'], does: 'pageBefore', letter: false },
  { keys: ['PageDown'], does: 'pageNext', letter: false },
  { keys: ['Ctrl', 'D'], does: 'microphone', letter: false },
  { keys: ['Ctrl', 'E'], does: 'camera', letter: false },
  { keys: ['Esc'], does: 'close', letter: false },
  { keys: ['?'], does: 'list', letter: true },
];
