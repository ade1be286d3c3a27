/** The layout in the menu: what a click changes is kept in the browser, but for what is shared just now. */
import FullscreenExitRounded from '@mui/icons-material/FullscreenExitRounded';
import FullscreenRounded from '@mui/icons-material/FullscreenRounded';
import GridViewRounded from '@mui/icons-material/GridViewRounded';
import PersonRounded from '@mui/icons-material/PersonRounded';
import PictureInPictureAltRounded from '@mui/icons-material/PictureInPictureAltRounded';
import PresentToAllRounded from '@mui/icons-material/PresentToAllRounded';
import VideocamOffRounded from '@mui/icons-material/VideocamOffRounded';
import ViewSidebarRounded from '@mui/icons-material/ViewSidebarRounded';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../hooks/use-store.ts';
import { preferences } from '../../../lib/preferences.ts';
import { fullScreen } from './full-screen.ts';
import type { View } from './layout-choice.ts';
import type { MoreEntry } from './more-menu.tsx';
import type { Stage } from './use-stage.ts';

export interface LayoutEntriesOptions extends Pick<Stage, 'view' | 'setView'> {
  /** `key` of the first share. */
  firstShare: string | undefined;
  /** Whether the window of picture-in-picture is open. */
  floating: boolean;
  /** Undefined where there is none. */
  onFloating: (() => void) | undefined;
}

const ICONS = { share: <PresentToAllRounded />, grid: <GridViewRounded />, speaker: <ViewSidebarRounded /> };

export function useLayoutEntries({
  view,
  setView,
  firstShare,
  floating,
  onFloating,
}: LayoutEntriesOptions): MoreEntry[] {
  const { t } = useTranslation(['layout', 'media']);
  const { hideSelf, hideWithoutVideo } = useStore(preferences);
  const full = useStore(fullScreen);
  return useMemo(() => {
    const views: View[] = firstShare === undefined ? ['grid', 'speaker'] : ['share', 'grid', 'speaker'];
    return [
      ...views
        .filter((other) => other !== view)
        .map((other) => ({
          key: other,
          icon: ICONS[other],
          label: t(`layout:${other}`),
          onClick: () => setView(other, other === 'share' ? firstShare : undefined),
        })),
      {
        key: 'hideSelf',
        icon: <PersonRounded />,
        label: hideSelf ? t('layout:showSelf') : t('layout:hideSelf'),
        onClick: () => preferences.change({ hideSelf: !hideSelf }),
      },
      {
        key: 'hideWithoutVideo',
        icon: <VideocamOffRounded />,
        label: hideWithoutVideo ? t('layout:showWithoutVideo') : t('layout:hideWithoutVideo'),
        onClick: () => preferences.change({ hideWithoutVideo: !hideWithoutVideo }),
      },
      ...(onFloating
        ? [
            {
              key: 'floating',
              icon: <PictureInPictureAltRounded />,
              label: floating ? t('layout:floating.close') : t('layout:floating.open'),
              onClick: onFloating,
            },
          ]
        : []),
      ...(fullScreen.available()
        ? [
            {
              key: 'fullScreen',
              icon: full ? <FullscreenExitRounded /> : <FullscreenRounded />,
              label: full ? t('media:fullScreenEnd') : t('media:fullScreen'),
              onClick: fullScreen.toggle,
            },
          ]
        : []),
    ];
  }, [t, view, setView, firstShare, floating, onFloating, full, hideSelf, hideWithoutVideo]);
}
