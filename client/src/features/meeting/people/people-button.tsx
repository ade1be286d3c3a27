import PeopleAltRounded from '@mui/icons-material/PeopleAltRounded';
import { useTranslation } from 'react-i18next';
import { BarButton } from '../conversation/bar-button.tsx';
import type { Panel } from '../stage/side-panel.tsx';

interface PeopleButtonProps {
  /** How many wait to be let in. */
  waiting: number;
  panel: Panel | undefined;
  onPanel: (panel: Panel | undefined) => void;
}

export function PeopleButton({ waiting, panel, onPanel }: PeopleButtonProps) {
  const { t } = useTranslation('people');
  const open = panel === 'people';
  return (
    <BarButton
      label={waiting > 0 && !open ? t('openWaiting', { count: waiting }) : t('title')}
      pressed={open}
      badge={open ? 0 : waiting}
      roomyOnly
      onClick={() => onPanel(open ? undefined : 'people')}
    >
      <PeopleAltRounded />
    </BarButton>
  );
}
