/** One message, or one of one's own that is on its way. */
import ErrorOutlineRounded from '@mui/icons-material/ErrorOutlineRounded';
import LockRounded from '@mui/icons-material/LockRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ChatMessage } from '@vcallpe/shared';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PendingMessage } from '../../../conference/chat-log.ts';
import { formatTime } from '../../../i18n/format.ts';
import type { Conversation } from './conversation.ts';
import { FileCard } from './file-card.tsx';
import { MessageText } from './message-text.tsx';

interface MessageItemProps {
  message: ChatMessage;
  /** Shows who and when. */
  first: boolean;
  mine: boolean;
  download: Conversation['download'];
}

export const MessageItem = memo(function MessageItem({ message, first, mine, download }: MessageItemProps) {
  const { t } = useTranslation('conversation');
  const { from, to, text, file, sentAt } = message;
  const sent = new Date(sentAt);
  return (
    <Box component="li" data-seq={message.seq} sx={{ px: 2, pt: first ? 1.25 : 0.25 }}>
      {first && (
        <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1, minWidth: 0 }}>
          <Box component="span" sx={{ fontWeight: 'fontWeightBold', overflowWrap: 'anywhere' }}>
            {mine ? t('chat.you') : from.displayName}
          </Box>
          <Box
            component="time"
            dateTime={sent.toISOString()}
            sx={{ color: 'stage.mutedText', typography: 'caption', flex: 'none' }}
          >
            {formatTime(sent, { timeStyle: 'short' })}
          </Box>
        </Box>
      )}
      {first && to && (
        <PrivateMark>{mine ? t('chat.toOther', { name: to.displayName }) : t('chat.toYou')}</PrivateMark>
      )}
      {text && <MessageText text={text} />}
      {file && <FileCard file={file} download={download} />}
    </Box>
  );
});

interface PendingItemProps {
  message: PendingMessage;
  /** Whether it can go out now. */
  online: boolean;
  onRetry: () => void;
  onDiscard: () => void;
}

export function PendingItem({ message, online, onRetry, onDiscard }: PendingItemProps) {
  const { t } = useTranslation('conversation');
  const why = useWhy(message);
  const { text, to, file, state } = message;
  return (
    <Box component="li" data-state={state} sx={{ px: 2, pt: 1.25 }}>
      {to && <PrivateMark>{t('chat.toOther', { name: to.displayName })}</PrivateMark>}
      <Box sx={{ color: 'stage.mutedText' }}>
        {text && <MessageText text={text} />}
        {file && <div>{file.name}</div>}
      </Box>
      {state === 'sending' ? (
        <Box sx={{ color: 'stage.mutedText', typography: 'caption' }}>
          {online ? t('state.sending') : t('state.waiting')}
        </Box>
      ) : (
        <Box role="alert" sx={{ typography: 'caption' }}>
          <Box component="span" sx={{ color: 'error.main', display: 'flex', gap: 0.5, alignItems: 'center' }}>
            <ErrorOutlineRounded sx={{ fontSize: '1.25em' }} />
            {why}
          </Box>
          <Button size="small" color="inherit" onClick={onRetry}>
            {t('state.retry')}
          </Button>
          <Button size="small" color="inherit" onClick={onDiscard}>
            {t('state.discard')}
          </Button>
        </Box>
      )}
    </Box>
  );
}

function useWhy({ error, to, file }: PendingMessage): string {
  const { t } = useTranslation('conversation');
  if (error?.code === 'FORBIDDEN') return t('state.forbidden');
  if (error?.code === 'NOT_FOUND' && file) return t('state.fileGone');
  if (error?.code === 'NOT_FOUND' && to) return t('state.left', { name: to.displayName });
  return t('state.failed');
}

function PrivateMark({ children }: { children: string }) {
  return (
    <Box
      sx={{ display: 'flex', alignItems: 'center', gap: 0.5, color: 'warning.main', typography: 'caption' }}
    >
      <LockRounded sx={{ fontSize: '1em' }} />
      {children}
    </Box>
  );
}
