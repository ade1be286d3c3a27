/** The layout in the menu: what a click changes is kept in the browser. */
import GridViewRounded from '@mui/icons-material/GridViewRounded';
import PersonRounded from '@mui/icons-material/PersonRounded';
import VideocamOffRounded from '@mui/icons-material/VideocamOffRounded';
import ViewSidebarRounded from '@mui/icons-material/ViewSidebarRounded';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../hooks/use-store.ts';
import { preferences } from '../../../lib/preferences.ts';
import type { MoreEntry } from './more-menu.tsx';

export function useLayoutEntries(): MoreEntry[] {
  const { t } = useTranslation('layout');
  const { layout, hideSelf, hideWithoutVideo } = useStore(preferences);
  return useMemo(() => {
    const grid = layout === 'grid';
    return [
      {
        key: 'layout',
        icon: grid ? <ViewSidebarRounded /> : <GridViewRounded />,
        label: grid ? t('speaker') : t('grid'),
        onClick: () => preferences.change({ layout: grid ? 'speaker' : 'grid' }),
      },
      {
        key: 'hideSelf',
        icon: <PersonRounded />,
        label: hideSelf ? t('showSelf') : t('hideSelf'),
        onClick: () => preferences.change({ hideSelf: !hideSelf }),
      },
      {
        key: 'hideWithoutVideo',
        icon: <VideocamOffRounded />,
        label: hideWithoutVideo ? t('showWithoutVideo') : t('hideWithoutVideo'),
        onClick: () => preferences.change({ hideWithoutVideo: !hideWithoutVideo }),
      },
    ];
  }, [t, layout, hideSelf, hideWithoutVideo]);
}
