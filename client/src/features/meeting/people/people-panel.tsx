/** Who is in the meeting, what they send, and, for those who run it, what they can do. */
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { may } from '@vcallpe/shared';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import type { Conference } from '../../../conference/conference.ts';
import type { ConferenceState, Participant } from '../../../conference/state.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { SidePanel } from '../stage/side-panel.tsx';
import { BarredList } from './barred-list.tsx';
import { HostTools } from './host-tools.tsx';
import { LobbyList } from './lobby-list.tsx';
import { peopleInOrder } from './people-order.ts';
import { actionsOn, perform, type PersonAction } from './person-actions.ts';
import { PersonRow } from './person-row.tsx';
import { useAttempt } from './use-attempt.ts';

interface PeoplePanelProps {
  conference: Conference;
  state: Pick<ConferenceState, 'self' | 'others' | 'meeting' | 'lobby' | 'barred'>;
  onClose: () => void;
}

export default function PeoplePanel({ conference, state, onClose }: PeoplePanelProps) {
  const { self, others, meeting, lobby, barred } = state;
  const { t, i18n } = useTranslation('people');
  const [search, setSearch] = useState('');
  const [removing, setRemoving] = useState<Participant>();
  const attempt = useAttempt();
  const toast = useToast();
  const onAction = useCallback(
    async (action: PersonAction, { peerId, displayName }: Participant) => {
      const done = await attempt(() => perform(conference, action, peerId));
      if (done && action === 'askToUnmute') toast(t('done.askToUnmute', { name: displayName }));
    },
    [attempt, conference, toast, t],
  );
  const choose = useCallback(
    (action: PersonAction, person: Participant) => {
      if (action === 'remove') setRemoving(person);
      else void onAction(action, person);
    },
    [onAction],
  );
  const people = peopleInOrder(self, others, search, i18n.language);
  const hands = peopleInOrder(self, others, '', i18n.language).filter(({ handRaisedAt }) => handRaisedAt);

  return (
    <SidePanel title={t('title')} onClose={onClose}>
      <Box sx={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, overflow: 'auto' }}>
        {self && may(self.role, 'admit') && lobby.length > 0 && (
          <LobbyList
            conference={conference}
            lobby={lobby}
            newcomersKnock={meeting?.newcomersKnock ?? false}
          />
        )}
        <Box sx={{ px: 2, py: 1 }}>
          <TextField
            type="search"
            size="small"
            fullWidth
            label={t('search')}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </Box>
        {people.length === 0 && (
          <Typography variant="body2" role="status" sx={{ px: 2, py: 1, color: 'stage.mutedText' }}>
            {t('nobody')}
          </Typography>
        )}
        <Box component="ul" aria-label={t('list')} sx={{ m: 0, p: 0, listStyle: 'none', flex: 1 }}>
          {people.map((person) => (
            <PersonRow
              key={person.peerId}
              person={person}
              isSelf={person.peerId === self?.peerId}
              hand={person.handRaisedAt === undefined ? undefined : hands.indexOf(person) + 1}
              spotlit={meeting?.spotlight === person.peerId}
              actions={self ? actionsOn(self, person, meeting).join(' ') : ''}
              onAction={choose}
            />
          ))}
        </Box>
        {self && may(self.role, 'admit') && barred.length > 0 && (
          <BarredList conference={conference} barred={barred} />
        )}
        {self && meeting && <HostTools conference={conference} self={self} meeting={meeting} />}
        {removing && (
          <ConfirmDialog
            title={t('remove.title', { name: removing.displayName })}
            action={t('remove.action')}
            onClose={() => setRemoving(undefined)}
            onConfirm={async () => {
              await perform(conference, 'remove', removing.peerId);
              setRemoving(undefined);
            }}
          >
            {t('remove.body')}
          </ConfirmDialog>
        )}
      </Box>
    </SidePanel>
  );
}
