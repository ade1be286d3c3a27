/** One person in the list: who they are, what they send, and what one can do for them. */
import BackHandRounded from '@mui/icons-material/BackHandRounded';
import CenterFocusStrongRounded from '@mui/icons-material/CenterFocusStrongRounded';
import MicOffRounded from '@mui/icons-material/MicOffRounded';
import MicRounded from '@mui/icons-material/MicRounded';
import MoreVertRounded from '@mui/icons-material/MoreVertRounded';
import PresentToAllRounded from '@mui/icons-material/PresentToAllRounded';
import VideocamOffRounded from '@mui/icons-material/VideocamOffRounded';
import VideocamRounded from '@mui/icons-material/VideocamRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import Typography from '@mui/material/Typography';
import { memo, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/person-avatar.tsx';
import type { Participant } from '../../../conference/state.ts';
import type { PersonAction } from './person-actions.ts';

interface PersonRowProps {
  person: Participant;
  isSelf: boolean;
  /** Place in the line of raised hands, from 1. */
  hand: number | undefined;
  spotlit: boolean;
  /** Joined by spaces, so that an unchanged row is not drawn anew. */
  actions: string;
  onAction: (action: PersonAction, person: Participant) => void;
}

export const PersonRow = memo(function PersonRow(props: PersonRowProps) {
  const { person, isSelf, hand, spotlit, actions, onAction } = props;
  const { t } = useTranslation(['people', 'common', 'meeting']);
  const { displayName, participantId, role, away, microphone, camera, screen } = person;
  const muted = !microphone || microphone.paused;
  const dark = !camera || camera.paused;
  return (
    <Box
      component="li"
      aria-label={displayName}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.25,
        minHeight: 52,
        pl: 2,
        pr: 0.5,
        // A thousand rows cost only what is seen of them.
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 52px',
      }}
    >
      <PersonAvatar id={participantId} name={displayName} />
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <Typography noWrap variant="body2" title={displayName}>
          {isSelf ? t('common:you', { name: displayName }) : displayName}
        </Typography>
        {(away || role !== 'participant') && (
          <Typography noWrap variant="caption" component="div" sx={{ color: 'stage.mutedText' }}>
            {away ? t('meeting:away') : t(`role.${role}`)}
          </Typography>
        )}
      </Box>
      {hand !== undefined && (
        <Mark icon={BackHandRounded} label={t('mark.handNumber', { count: hand })} color="stage.warning" />
      )}
      {spotlit && <Mark icon={CenterFocusStrongRounded} label={t('mark.spotlight')} />}
      {screen && <Mark icon={PresentToAllRounded} label={t('mark.sharing')} />}
      <Mark icon={muted ? MicOffRounded : MicRounded} label={t(muted ? 'mark.muted' : 'mark.unmuted')} />
      <Mark
        icon={dark ? VideocamOffRounded : VideocamRounded}
        label={t(dark ? 'mark.cameraOff' : 'mark.cameraOn')}
      />
      <Actions {...{ person, actions, onAction }} />
    </Box>
  );
});

function Mark({
  icon: Icon,
  label,
  color = 'stage.mutedText',
}: {
  icon: ComponentType<SvgIconProps>;
  label: string;
  color?: string;
}) {
  return <Icon titleAccess={label} sx={{ fontSize: 20, flex: 'none', color }} />;
}

function Actions({ person, actions, onAction }: Pick<PersonRowProps, 'person' | 'actions' | 'onAction'>) {
  const { t } = useTranslation('people');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  // The place is kept, so that the marks of all rows are below each other.
  if (actions === '') return <Box sx={{ width: 40, flex: 'none' }} />;
  return (
    <>
      <IconButton
        aria-label={t('more', { name: person.displayName })}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        sx={{ color: 'inherit', width: 44, height: 44 }}
      >
        <MoreVertRounded />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {(actions.split(' ') as PersonAction[]).map((action) => (
          <MenuItem
            key={action}
            onClick={() => {
              setAnchor(null);
              onAction(action, person);
            }}
            sx={action === 'remove' ? { color: 'error.main' } : undefined}
          >
            {t(`action.${action}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
