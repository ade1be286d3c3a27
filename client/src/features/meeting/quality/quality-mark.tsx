/** In the corner of a tile whose connection is not good. It draws nothing while all is well, and nothing else when it changes. */
import SignalCellularAlt1BarRounded from '@mui/icons-material/SignalCellularAlt1BarRounded';
import SignalCellularAlt2BarRounded from '@mui/icons-material/SignalCellularAlt2BarRounded';
import Box from '@mui/material/Box';
import type { PeerId } from '@vcallpe/shared';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityLog } from '../../../conference/quality/log.ts';

const ICONS = { weak: SignalCellularAlt2BarRounded, bad: SignalCellularAlt1BarRounded };
const COLOURS = { weak: 'stage.warning', bad: 'stage.danger' };

interface QualityMarkProps {
  quality: QualityLog;
  /** Undefined: this person's own uplink. */
  peerId: PeerId | undefined;
  /** A button is in the corner, always or when the tile is pointed at. */
  beside: 'nothing' | 'hiddenButton' | 'button';
}

export function QualityMark({ quality, peerId, beside }: QualityMarkProps) {
  const { t } = useTranslation('quality');
  const level = useSyncExternalStore(quality.subscribe, () => {
    const { uplink, others } = quality.getState();
    return peerId === undefined ? uplink.level : (others.get(peerId) ?? 'good');
  });
  if (level === 'good') return null;
  const Icon = ICONS[level];
  const aside = { right: 44 };
  return (
    <Box
      role="img"
      aria-label={t(`mark.${level}`)}
      data-quality={level}
      sx={[
        {
          position: 'absolute',
          top: 8,
          right: 8,
          display: 'flex',
          p: 0.5,
          borderRadius: (theme) => theme.vars.shape.pillRadius,
          bgcolor: 'stage.pill',
          color: COLOURS[level],
        },
        beside === 'button' && aside,
        beside === 'hiddenButton' && {
          '@media (hover: none)': aside,
          '[role="group"]:hover > &, [role="group"]:focus-within > &': aside,
        },
      ]}
    >
      <Icon sx={{ fontSize: 20 }} />
    </Box>
  );
}
