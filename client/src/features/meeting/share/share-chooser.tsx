import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import { LOW } from '../../../app/theme.ts';
import type { Stage } from '../stage/use-stage.ts';

/** What is large while somebody shares: one of the shares, or nothing. For oneself only. */
export function ShareChooser({ shares, largeKey, setView }: Pick<Stage, 'shares' | 'largeKey' | 'setView'>) {
  const { t } = useTranslation('layout');
  if (shares.length === 0) return null;
  const chosen = shares.find(({ key }) => key === largeKey)?.key;
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      aria-label={t('shares.label')}
      value={chosen ?? (largeKey === undefined ? GRID : null)}
      // One that is chosen already gives null.
      onChange={(_, next: string | null) => {
        if (next === GRID) setView('grid');
        else if (next !== null) setView('share', next);
      }}
      sx={{
        alignSelf: 'center',
        maxWidth: 'calc(100% - 16px)',
        mx: 1,
        // On a phone that lies on its side, it stands in the header: the share needs the height.
        [LOW]: { position: 'absolute', top: 0, left: '50%', transform: 'translateX(-50%)', maxWidth: '40%' },
        '& .MuiToggleButton-root': {
          minHeight: 44,
          minWidth: 0,
          px: 2,
          textTransform: 'none',
          color: 'stage.contrastText',
          borderColor: 'stage.border',
          '&.Mui-selected, &.Mui-selected:hover': {
            bgcolor: 'stage.accent',
            color: 'stage.accentContrastText',
          },
        },
      }}
    >
      {shares.map(({ key, name }) => (
        <ToggleButton key={key} value={key}>
          <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            {t('shares.of', { name })}
          </span>
        </ToggleButton>
      ))}
      <ToggleButton value={GRID} sx={{ flex: 'none' }}>
        {t('shares.grid')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}

/** No `key` of a share. */
const GRID = '';
