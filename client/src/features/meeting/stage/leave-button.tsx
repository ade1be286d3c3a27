import CallEndRounded from '@mui/icons-material/CallEndRounded';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';

/** Apart from the others, so that nobody hits it by accident. */
export function LeaveButton({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('meeting');
  return (
    <Tooltip title={t('leave')}>
      <IconButton
        aria-label={t('leave')}
        onClick={onLeave}
        sx={{
          ml: { xs: 0.5, sm: 4 },
          width: { xs: 52, sm: 64 },
          height: 48,
          borderRadius: (theme) => theme.vars.shape.pillRadius,
          color: 'stage.dangerContrastText',
          bgcolor: 'stage.danger',
          '&:hover': { bgcolor: 'stage.danger', opacity: 0.88 },
        }}
      >
        <CallEndRounded />
      </IconButton>
    </Tooltip>
  );
}
