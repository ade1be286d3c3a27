import type { ConferenceState } from '../../../conference/state.ts';
import { Banner } from './banner.tsx';

/** From this many failed tries on it is no longer a hiccup, and the words say so. */
const SERVER_AWAY_AFTER = 2;

interface BannersProps {
  state: Pick<ConferenceState, 'status' | 'failedAttempts'>;
  soundRefused: boolean;
  onRetryNow: () => void;
  onPlaySound: () => void;
}

export function Banners({ state, soundRefused, onRetryNow, onPlaySound }: BannersProps) {
  return (
    <>
      {state.status === 'reconnecting' && (
        <Banner action={{ label: 'Try now', act: onRetryNow }}>
          {state.failedAttempts < SERVER_AWAY_AFTER
            ? 'Connection lost. Reconnecting…'
            : 'The server can’t be reached. Still trying…'}
        </Banner>
      )}
      {soundRefused && (
        <Banner action={{ label: 'Play sound', act: onPlaySound }}>
          Your browser wants a click before it plays sound.
        </Banner>
      )}
    </>
  );
}
