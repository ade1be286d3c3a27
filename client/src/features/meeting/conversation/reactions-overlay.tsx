/** Reactions rise over the stage for a moment, each with the name of who sent it. */
import Box from '@mui/material/Box';
import { keyframes } from '@mui/material/styles';
import type { PeerId, Reaction } from '@vcallpe/shared';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import type { Participant } from '../../../conference/state.ts';

const SHOWN_MS = 4_000;
/** As many as can be told apart; in a storm the newest stay. */
const MOST = 24;

interface Shown {
  id: number;
  peerId: PeerId;
  reaction: Reaction;
  /** Where from the left, %. */
  left: number;
}

const rise = keyframes({
  from: { transform: 'translateY(0)', opacity: 0 },
  '10%': { opacity: 1 },
  '80%': { opacity: 1 },
  to: { transform: 'translateY(-40vh)', opacity: 0 },
});

interface ReactionsOverlayProps {
  conference: Pick<Conference, 'on'>;
  self: Participant | undefined;
  others: readonly Participant[];
}

export function ReactionsOverlay({ conference, self, others }: ReactionsOverlayProps) {
  const { t } = useTranslation('conversation');
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const lastId = useRef(0);
  useEffect(
    () =>
      conference.on('reactions', ({ reactions }) => {
        const fresh = reactions.map((reaction) => {
          const id = ++lastId.current;
          // Spread over the lower left, a step of the golden ratio apart, so that neighbours don't cover each other.
          return { ...reaction, id, left: ((id * 0.618) % 1) * 40 };
        });
        const ids = new Set(fresh.map(({ id }) => id));
        setShown((before) => [...before, ...fresh].slice(-MOST));
        setTimeout(() => setShown((now) => now.filter(({ id }) => !ids.has(id))), SHOWN_MS);
      }),
    [conference],
  );
  const nameOf = (peerId: PeerId) =>
    peerId === self?.peerId ? t('hand.you') : others.find((other) => other.peerId === peerId)?.displayName;
  return (
    <Box
      role="log"
      aria-live="polite"
      aria-label={t('react.menu')}
      sx={{ position: 'absolute', inset: 0, overflow: 'hidden', pointerEvents: 'none', zIndex: 1 }}
    >
      {shown.map(({ id, peerId, reaction, left }) => (
        <Box
          key={id}
          data-reaction={reaction}
          style={{ left: `calc(16px + ${left}%)` }}
          sx={{
            position: 'absolute',
            bottom: 16,
            display: 'flex',
            flexDirection: 'column',
            alignItems: 'center',
            '@media (prefers-reduced-motion: no-preference)': {
              animation: `${rise} ${SHOWN_MS}ms ease-out forwards`,
            },
          }}
        >
          <Box
            component="span"
            role="img"
            aria-label={t(`react.${reaction}`)}
            sx={{ fontSize: 32, lineHeight: 1.2 }}
          >
            {reaction}
          </Box>
          <Box
            component="span"
            sx={{
              px: 1,
              borderRadius: 1,
              bgcolor: 'stage.pill',
              maxWidth: 140,
              overflow: 'hidden',
              textOverflow: 'ellipsis',
            }}
          >
            {nameOf(peerId)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
