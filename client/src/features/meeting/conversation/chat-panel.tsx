/** The chat in the side panel. Files can be dropped anywhere on it. */
import Box from '@mui/material/Box';
import { may } from '@vcallpe/shared';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../conference/state.ts';
import { useStore } from '../../../hooks/use-store.ts';
import { Composer, type Addressee } from './composer.tsx';
import type { Conversation } from './conversation.ts';
import { MessageList } from './message-list.tsx';
import { UploadList } from './upload-list.tsx';
import type { Uploads } from './use-uploads.ts';

interface ChatPanelProps {
  conversation: Conversation;
  self: Participant;
  others: readonly Participant[];
  /** Whether there is a connection to send over. */
  online: boolean;
  uploads: Uploads;
}

export function ChatPanel({ conversation, self, others, online, uploads }: ChatPanelProps) {
  const { t } = useTranslation('conversation');
  const state = useStore(conversation.chat);
  const [to, setTo] = useState<Addressee>();
  const [dropping, setDropping] = useState(false);
  const takesFiles = may(self.role, 'sendFile');

  const onDragOver = (event: DragEvent) => {
    if (!takesFiles || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDropping(true);
  };
  const onDrop = (event: DragEvent) => {
    if (!takesFiles) return;
    event.preventDefault();
    setDropping(false);
    uploads.add(event.dataTransfer.files, to);
  };

  return (
    <Box
      onDragOver={onDragOver}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setDropping(false);
      }}
      onDrop={onDrop}
      sx={{ position: 'relative', flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
    >
      <MessageList conversation={conversation} state={state} self={self.participantId} online={online} />
      <UploadList uploads={uploads} />
      <Composer chat={conversation.chat} self={self} others={others} to={to} onTo={setTo} uploads={uploads} />
      {dropping && (
        <Box
          sx={{
            position: 'absolute',
            inset: 8,
            display: 'grid',
            placeItems: 'center',
            pointerEvents: 'none',
            border: '2px dashed',
            borderColor: 'stage.accent',
            borderRadius: 1,
            bgcolor: 'stage.pill',
          }}
        >
          {t('composer.dropHere')}
        </Box>
      )}
    </Box>
  );
}
