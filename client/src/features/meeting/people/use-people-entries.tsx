import PeopleAltRounded from '@mui/icons-material/PeopleAltRounded';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoreEntry } from '../stage/more-menu.tsx';

/** The way to the list of people where the bar has no room for its button. @param waiting how many want to be let in */
export function usePeopleEntries(waiting: number, onPanel: (panel: 'people') => void): MoreEntry[] {
  const { t } = useTranslation('people');
  return useMemo(
    () => [
      {
        key: 'people',
        icon: <PeopleAltRounded />,
        label: t('title'),
        onClick: () => onPanel('people'),
        badge: waiting,
        phoneOnly: true,
      },
    ],
    [t, waiting, onPanel],
  );
}
