import { useTranslation } from 'react-i18next';
import { useToast } from '../../../hooks/use-toast.tsx';
import { fullScreen } from './full-screen.ts';
import { nextView } from './layout-choice.ts';
import type { Stage } from './use-stage.ts';

/** What single letters do to the stage. A view that a key has chosen is said, because a menu has not named it. */
export function useLayoutKeys({
  view,
  shares,
  setView,
}: Pick<Stage, 'view' | 'shares' | 'setView'>): Record<string, () => void> {
  const { t } = useTranslation('layout');
  const toast = useToast();
  return {
    l: () => {
      const next = nextView(view, shares.length > 0);
      setView(next, next === 'share' ? shares[0]?.key : undefined);
      toast(t(next));
    },
    ...(fullScreen.available() && { f: fullScreen.toggle }),
  };
}
