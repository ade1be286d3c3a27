import { useSyncExternalStore } from 'react';
import type { Conference } from '../conference/conference.ts';
import { INITIAL_STATE, type ConferenceState } from '../conference/state.ts';

const nothingChanges = () => () => {};
const initialState = () => INITIAL_STATE;

/** The state of a conference, or of one that has not begun. */
export function useConference(conference: Conference | undefined): ConferenceState {
  return useSyncExternalStore(conference?.subscribe ?? nothingChanges, conference?.getState ?? initialState);
}
