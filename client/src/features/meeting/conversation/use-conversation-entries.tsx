import PollRounded from '@mui/icons-material/PollRounded';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoreEntry } from '../stage/more-menu.tsx';

/** The way to the polls where the bar has no room for its button. */
export function useConversationEntries(onPanel: (panel: 'polls') => void): MoreEntry[] {
  const { t } = useTranslation('conversation');
  return useMemo(
    () => [
      {
        key: 'polls',
        icon: <PollRounded />,
        label: t('polls.open'),
        onClick: () => onPanel('polls'),
        phoneOnly: true,
      },
    ],
    [t, onPanel],
  );
}
