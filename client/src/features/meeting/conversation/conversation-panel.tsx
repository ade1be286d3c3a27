/** Chat or polls, in the side panel. */
import { useTranslation } from 'react-i18next';
import type { ConferenceState } from '../../../conference/state.ts';
import { SidePanel } from '../stage/side-panel.tsx';
import { ChatPanel } from './chat-panel.tsx';
import type { Conversation } from './conversation.ts';
import { PollsPanel } from './polls-panel.tsx';
import type { Uploads } from './use-uploads.ts';

interface ConversationPanelProps {
  panel: 'chat' | 'polls';
  conversation: Conversation;
  state: ConferenceState;
  uploads: Uploads;
  onClose: () => void;
}

export default function ConversationPanel(props: ConversationPanelProps) {
  const { panel, conversation, state, uploads, onClose } = props;
  const { t } = useTranslation('conversation');
  const { self, others, status, recovery } = state;
  if (!self) return null;
  return (
    <SidePanel key={panel} title={t(`${panel}.title`)} onClose={onClose}>
      {panel === 'chat' ? (
        <ChatPanel
          conversation={conversation}
          self={self}
          others={others}
          online={status === 'joined' && recovery !== 'signaling'}
          uploads={uploads}
        />
      ) : (
        <PollsPanel polls={conversation.polls} self={self} />
      )}
    </SidePanel>
  );
}
