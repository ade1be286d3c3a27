/** Reactions rise over the stage for a moment, each with the name of who sent it. */
import Box from '@mui/material/Box';
import { keyframes } from '@mui/material/styles';
import type { PeerId, Reaction } from '@vcallpe/shared';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import type { Participant } from '../../../conference/state.ts';
import { useTell } from '../../../hooks/use-toast.tsx';
import { REACTION } from '../news/topics.ts';

const SHOWN_MS = 4_000;
/** As many as can be told apart; in a storm the newest stay. */
const MOST = 24;

interface Shown {
  id: number;
  peerId: PeerId;
  reaction: Reaction;
  /** Where from the left, as a share of the width that they have. */
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
  const tell = useTell();
  const lastId = useRef(0);
  useEffect(
    () =>
      conference.on('reactions', ({ reactions }) => {
        const fresh = reactions.map((reaction) => {
          const id = ++lastId.current;
          // Spread over the lower left, a step of the golden ratio apart, so that neighbours don't cover each other.
          return { ...reaction, id, left: (id * 0.618) % 1 };
        });
        const ids = new Set(fresh.map(({ id }) => id));
        setShown((before) => [...before, ...fresh].slice(-MOST));
        setTimeout(() => setShown((now) => now.filter(({ id }) => !ids.has(id))), SHOWN_MS);
      }),
    [conference],
  );
  const nameOf = (peerId: PeerId) => others.find((other) => other.peerId === peerId)?.displayName;
  const readOut = useEffectEvent(({ peerId, reaction }: { peerId: PeerId; reaction: Reaction }) => {
    const name = nameOf(peerId);
    if (name !== undefined)
      tell(REACTION, t('react.told', { name, reaction: t(`react.${reaction}`) }), false);
  });
  useEffect(() => conference.on('reactions', ({ reactions }) => reactions.forEach(readOut)), [conference]);
  return (
    <Box
      // They are read out when they come, and gone before one could look for them.
      aria-hidden
      sx={{ position: 'absolute', inset: 0, overflow: 'hidden', pointerEvents: 'none', zIndex: 1 }}
    >
      {shown.map(({ id, peerId, reaction, left }) => (
        <Box
          key={id}
          data-reaction={reaction}
          style={{ left: `calc(16px + ${left} * max(40%, 240px))` }}
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
          <Box component="span" sx={{ fontSize: 32, lineHeight: 1.2 }}>
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
            {peerId === self?.peerId ? t('hand.you') : nameOf(peerId)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
