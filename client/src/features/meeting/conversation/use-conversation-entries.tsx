import AddReactionRounded from '@mui/icons-material/AddReactionRounded';
import PollRounded from '@mui/icons-material/PollRounded';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MoreEntry } from '../stage/more-menu.tsx';

interface ConversationEntriesOptions {
  mayReact: boolean;
  onPanel: (panel: 'polls') => void;
  /** Offers the reactions. */
  onReacting: (reacting: true) => void;
}

/** The way to reactions and polls where the bar has no room for their buttons. */
export function useConversationEntries({
  mayReact,
  onPanel,
  onReacting,
}: ConversationEntriesOptions): MoreEntry[] {
  const { t } = useTranslation('conversation');
  return useMemo(() => {
    const react: MoreEntry = {
      key: 'react',
      icon: <AddReactionRounded />,
      label: t('react.open'),
      onClick: () => onReacting(true),
      phoneOnly: true,
    };
    return [
      ...(mayReact ? [react] : []),
      {
        key: 'polls',
        icon: <PollRounded />,
        label: t('polls.open'),
        onClick: () => onPanel('polls'),
        phoneOnly: true,
      },
    ];
  }, [t, mayReact, onPanel, onReacting]);
}
