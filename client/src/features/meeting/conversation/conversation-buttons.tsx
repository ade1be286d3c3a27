/** Raise a hand, react, and open chat and polls. */
import AddReactionRounded from '@mui/icons-material/AddReactionRounded';
import BackHandRounded from '@mui/icons-material/BackHandRounded';
import ChatRounded from '@mui/icons-material/ChatRounded';
import PollRounded from '@mui/icons-material/PollRounded';
import ButtonBase from '@mui/material/ButtonBase';
import Popover from '@mui/material/Popover';
import Stack from '@mui/material/Stack';
import { may, REACTIONS, type Reaction } from '@vcallpe/shared';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../conference/state.ts';
import { useStore } from '../../../hooks/use-store.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { describeError } from '../../../lib/errors/words.ts';
import type { Panel } from '../stage/side-panel.tsx';
import { BarButton } from './bar-button.tsx';
import type { Conversation } from './conversation.ts';

interface ConversationButtonsProps {
  conversation: Conversation;
  self: Participant | undefined;
  panel: Panel | undefined;
  onPanel: (panel: Panel | undefined) => void;
}

export function ConversationButtons({ conversation, self, panel, onPanel }: ConversationButtonsProps) {
  const { t } = useTranslation('conversation');
  const toast = useToast();
  const { conference, chat, polls } = conversation;
  const { unread } = useStore(chat);
  const { polls: all } = useStore(polls);
  const [reactAnchor, setReactAnchor] = useState<HTMLElement | null>(null);
  const role = self?.role;
  const handUp = self?.handRaisedAt !== undefined;
  const unanswered = all.filter(({ closed, myChoices }) => !closed && myChoices.length === 0).length;

  const tell = (work: Promise<unknown>) => {
    work.catch((error: unknown) => toast(describeError(error).title));
  };
  const toggle = (which: Panel) => onPanel(panel === which ? undefined : which);
  const react = (reaction: Reaction) => tell(conference.request('react', { reaction }));

  return (
    <>
      {role && may(role, 'raiseHand') && (
        <BarButton
          label={handUp ? t('hand.lower') : t('hand.raise')}
          pressed={handUp}
          onClick={() => tell(conference.request('setHand', { raised: !handUp }))}
        >
          <BackHandRounded />
        </BarButton>
      )}
      {role && may(role, 'react') && (
        <BarButton
          label={t('react.open')}
          popup="dialog"
          roomyOnly
          onClick={({ currentTarget }) => setReactAnchor(currentTarget)}
        >
          <AddReactionRounded />
        </BarButton>
      )}
      <BarButton
        label={unread > 0 && panel !== 'chat' ? t('chat.openUnread', { count: unread }) : t('chat.open')}
        pressed={panel === 'chat'}
        badge={panel === 'chat' ? 0 : unread}
        onClick={() => toggle('chat')}
      >
        <ChatRounded />
      </BarButton>
      <BarButton
        label={t('polls.open')}
        pressed={panel === 'polls'}
        badge={panel === 'polls' ? 0 : unanswered}
        roomyOnly
        onClick={() => toggle('polls')}
      >
        <PollRounded />
      </BarButton>
      <Popover
        data-color-scheme="dark"
        open={reactAnchor !== null}
        anchorEl={reactAnchor}
        onClose={() => setReactAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'center' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': t('react.menu') } }}
      >
        <Stack direction="row" sx={{ p: 0.5 }}>
          {REACTIONS.map((reaction, index) => (
            <ButtonBase
              key={reaction}
              autoFocus={index === 0}
              aria-label={t(`react.${reaction}`)}
              onClick={() => react(reaction)}
              sx={{
                width: 44,
                height: 44,
                fontSize: 24,
                borderRadius: 1,
                '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
              }}
            >
              {reaction}
            </ButtonBase>
          ))}
        </Stack>
      </Popover>
    </>
  );
}
