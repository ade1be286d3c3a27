import Badge from '@mui/material/Badge';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { MouseEvent, ReactNode, Ref } from 'react';

interface BarButtonProps {
  ref?: Ref<HTMLButtonElement>;
  label: string;
  /** Whether what it switches is on; undefined for one that switches nothing. */
  pressed?: boolean;
  /** How many things wait behind it. The label has to say it too. */
  badge?: number;
  /** What it opens. */
  popup?: 'menu' | 'dialog';
  /** Not in the bar of a phone. */
  roomyOnly?: boolean;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  children: ReactNode;
}

/** A button in the bar of the meeting. */
export function BarButton({
  ref,
  label,
  pressed,
  badge = 0,
  popup,
  roomyOnly,
  onClick,
  children,
}: BarButtonProps) {
  return (
    <Tooltip title={label}>
      <IconButton
        ref={ref}
        aria-label={label}
        aria-pressed={pressed}
        aria-haspopup={popup}
        onClick={onClick}
        sx={{
          display: roomyOnly ? { xs: 'none', sm: 'inline-flex' } : undefined,
          width: 48,
          height: 48,
          color: pressed ? 'stage.accentContrastText' : 'stage.contrastText',
          bgcolor: pressed ? 'stage.accent' : 'stage.border',
          '&:hover': { bgcolor: pressed ? 'stage.accent' : 'stage.border', opacity: 0.88 },
        }}
      >
        <Badge color="primary" badgeContent={badge > 0 ? badge : undefined} max={99}>
          {children}
        </Badge>
      </IconButton>
    </Tooltip>
  );
}
