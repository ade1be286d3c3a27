import PushPinOutlined from '@mui/icons-material/PushPinOutlined';
import PushPinRounded from '@mui/icons-material/PushPinRounded';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';

interface PinButtonProps {
  /** Whose tile it is. */
  name: string;
  pinned: boolean;
  onToggle: () => void;
}

/** Makes a tile the large one, for oneself only. It shows when the tile is pointed at, and always where nothing can point. */
export function PinButton({ name, pinned, onToggle }: PinButtonProps) {
  const { t } = useTranslation('meeting');
  const Icon = pinned ? PushPinRounded : PushPinOutlined;
  return (
    <Tooltip title={pinned ? t('unpin') : t('pin')}>
      <IconButton
        aria-label={pinned ? t('unpinOne', { name }) : t('pinOne', { name })}
        aria-pressed={pinned}
        onClick={onToggle}
        sx={{
          position: 'absolute',
          top: 0,
          right: 0,
          color: 'stage.contrastText',
          // Small in looks, and as large as a finger to tap.
          '& svg': {
            fontSize: 28,
            p: 0.5,
            borderRadius: (theme) => theme.vars.shape.pillRadius,
            bgcolor: 'stage.pill',
          },
          '@media (hover: hover)': {
            opacity: pinned ? 1 : 0,
            '[role="group"]:hover > &, &:focus-visible': { opacity: 1 },
          },
        }}
      >
        <Icon />
      </IconButton>
    </Tooltip>
  );
}
