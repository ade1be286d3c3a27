import ChevronLeftRounded from '@mui/icons-material/ChevronLeftRounded';
import ChevronRightRounded from '@mui/icons-material/ChevronRightRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../../hooks/use-shortcuts.ts';
import type { Stage } from './use-stage.ts';

/** Turns the pages of the stage, where there is more than one. */
export function Pager({ page, pages, turn }: Pick<Stage, 'page' | 'pages' | 'turn'>) {
  const { t } = useTranslation('meeting');
  useKeys({ PageUp: () => turn(-1), PageDown: () => turn(1) });
  if (pages === 1) return null;
  return (
    <Box
      component="nav"
      aria-label={t('pages.label')}
      sx={{ display: 'flex', alignItems: 'center', flex: 'none' }}
    >
      <TurnButton
        label={t('pages.previous')}
        keyName="PageUp"
        disabled={page === 0}
        onClick={() => turn(-1)}
        Icon={ChevronLeftRounded}
      />
      <Box
        component="span"
        aria-live="polite"
        sx={{ minWidth: '4.5em', textAlign: 'center', fontVariantNumeric: 'tabular-nums' }}
      >
        {t('pages.position', { page: page + 1, pages })}
      </Box>
      <TurnButton
        label={t('pages.next')}
        keyName="PageDown"
        disabled={page === pages - 1}
        onClick={() => turn(1)}
        Icon={ChevronRightRounded}
      />
    </Box>
  );
}

interface TurnButtonProps {
  label: string;
  /** The key that does the same. */
  keyName: string;
  disabled: boolean;
  onClick: () => void;
  Icon: typeof ChevronLeftRounded;
}

function TurnButton({ label, keyName, disabled, onClick, Icon }: TurnButtonProps) {
  const { t } = useTranslation('meeting');
  return (
    <Tooltip title={t('withKeys', { label, keys: keyName })}>
      {/* A disabled button has no pointer events, and the tooltip needs them. */}
      <span>
        <IconButton
          aria-label={label}
          disabled={disabled}
          onClick={onClick}
          sx={{ color: 'stage.contrastText' }}
        >
          <Icon />
        </IconButton>
      </span>
    </Tooltip>
  );
}
