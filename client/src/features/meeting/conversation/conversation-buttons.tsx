/** Raise a hand, react, and open chat and polls. */
import AddReactionRounded from '@mui/icons-material/AddReactionRounded';
import BackHandRounded from '@mui/icons-material/BackHandRounded';
import ChatRounded from '@mui/icons-material/ChatRounded';
import PollRounded from '@mui/icons-material/PollRounded';
import { may } from '@vcallpe/shared';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../conference/state.ts';
import { useStore } from '../../../hooks/use-store.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { describeError } from '../../../lib/errors/words.ts';
import type { Panel } from '../stage/side-panel.tsx';
import { BarButton } from './bar-button.tsx';
import type { Conversation } from './conversation.ts';
import { ReactionsMenu } from './reactions-menu.tsx';

interface ConversationButtonsProps {
  conversation: Conversation;
  self: Participant | undefined;
  panel: Panel | undefined;
  onPanel: (panel: Panel | undefined) => void;
  /** Whether the reactions are offered. */
  reacting: boolean;
  onReacting: (reacting: boolean) => void;
}

export function ConversationButtons(props: ConversationButtonsProps) {
  const { conversation, self, panel, onPanel, reacting, onReacting } = props;
  const { t } = useTranslation('conversation');
  const toast = useToast();
  const { conference, chat, polls } = conversation;
  const { unread } = useStore(chat);
  const { polls: all } = useStore(polls);
  const reactButton = useRef<HTMLButtonElement>(null);
  const role = self?.role;
  const handUp = self?.handRaisedAt !== undefined;
  const unanswered = all.filter(({ closed, myChoices }) => !closed && myChoices.length === 0).length;

  const tell = (work: Promise<unknown>) => {
    work.catch((error: unknown) => toast(describeError(error).title));
  };
  const toggle = (which: Panel) => onPanel(panel === which ? undefined : which);

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
        <>
          <BarButton
            ref={reactButton}
            label={t('react.open')}
            popup="dialog"
            roomyOnly
            onClick={() => onReacting(true)}
          >
            <AddReactionRounded />
          </BarButton>
          <ReactionsMenu
            conference={conference}
            button={reactButton}
            open={reacting}
            onClose={() => onReacting(false)}
          />
        </>
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
        label={
          unanswered > 0 && panel !== 'polls'
            ? t('polls.openUnanswered', { count: unanswered })
            : t('polls.open')
        }
        pressed={panel === 'polls'}
        badge={panel === 'polls' ? 0 : unanswered}
        roomyOnly
        onClick={() => toggle('polls')}
      >
        <PollRounded />
      </BarButton>
    </>
  );
}
