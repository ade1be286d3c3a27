import NetworkCheckRounded from '@mui/icons-material/NetworkCheckRounded';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoreEntry } from '../stage/more-menu.tsx';

/** The way to the panel. */
export function useQualityEntries(onPanel: (panel: 'quality') => void): MoreEntry[] {
  const { t } = useTranslation('quality');
  return useMemo(
    () => [
      {
        key: 'quality',
        icon: <NetworkCheckRounded />,
        label: t('title'),
        onClick: () => onPanel('quality'),
      },
    ],
    [t, onPanel],
  );
}
