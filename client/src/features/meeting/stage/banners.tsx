import type { ConferenceState, Recovery } from '../../../conference/state.ts';
import { Banner } from './banner.tsx';

/** From this many failed tries on it is no longer a hiccup, and the words say so. */
const SERVER_AWAY_AFTER = 2;

const RECOVERY_WORDS: Record<Recovery, string> = {
  signaling: 'The server is out of reach for a moment. Sound and picture go on.',
  media: 'Sound and picture are being reconnected…',
};

interface BannersProps {
  state: Pick<ConferenceState, 'status' | 'recovery' | 'failedAttempts'>;
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
      {state.status === 'joined' && state.recovery && (
        <Banner action={{ label: 'Try now', act: onRetryNow }}>{RECOVERY_WORDS[state.recovery]}</Banner>
      )}
      {soundRefused && (
        <Banner action={{ label: 'Play sound', act: onPlaySound }}>
          Your browser wants a click before it plays sound.
        </Banner>
      )}
    </>
  );
}
