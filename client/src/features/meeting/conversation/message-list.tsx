/** The messages: days, groups, the mark of the new, and one's own that are on their way. */
import KeyboardArrowDownRounded from '@mui/icons-material/KeyboardArrowDownRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Fab from '@mui/material/Fab';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatState } from '../../../conference/chat.ts';
import { Failure } from '../../../components/failure.tsx';
import { useHidden } from '../../../hooks/use-hidden.ts';
import { formatTime } from '../../../i18n/format.ts';
import type { Conversation } from './conversation.ts';
import { MessageItem, PendingItem } from './message-item.tsx';
import { rowsOf } from './rows.ts';
import { useChatScroll } from './use-chat-scroll.ts';

interface MessageListProps {
  conversation: Conversation;
  state: ChatState;
  /** participantId */
  self: string;
  online: boolean;
}

export function MessageList({ conversation: { chat, download }, state, self, online }: MessageListProps) {
  const { t } = useTranslation('conversation');
  const { messages, pending, earlier, loading, problem } = state;
  const { ref, onScroll, atEnd, toEnd } = useChatScroll(messages[0]?.seq, messages.length + pending.length);
  const hidden = useHidden(0);
  // Where the new begins is marked when the panel opens, and stays there while one reads.
  const [readSeq] = useState(state.unread > 0 ? state.readSeq : undefined);
  const rows = useMemo(() => rowsOf(messages, readSeq, self), [messages, readSeq, self]);
  const reading = atEnd && !hidden;
  useEffect(() => {
    if (reading) chat.markRead();
  }, [reading, chat, messages]);

  return (
    <Box sx={{ position: 'relative', flex: 1, minHeight: 0, display: 'flex' }}>
      <Box ref={ref} onScroll={onScroll} tabIndex={0} role="group" aria-label={t('chat.log')} sx={LIST}>
        <div>
          {loading === 'first' && !problem && <Loading />}
          {problem && (
            <Box sx={{ p: 2 }}>
              <Failure error={problem} onRetry={() => chat.retryLoading()} />
            </Box>
          )}
          {earlier && (
            <Box sx={{ textAlign: 'center', pt: 1 }}>
              <Button
                size="small"
                color="inherit"
                loading={loading === 'earlier'}
                onClick={() => void chat.loadEarlier()}
              >
                {t('chat.earlier')}
              </Button>
            </Box>
          )}
          {!loading && !problem && rows.length === 0 && pending.length === 0 && <Empty />}
          <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, pb: 1.5 }}>
            {rows.map((row) =>
              row.kind === 'message' ? (
                <MessageItem
                  key={row.key}
                  message={row.message}
                  first={row.first}
                  mine={row.message.from.participantId === self}
                  download={download}
                />
              ) : (
                <li key={row.key}>
                  <Divider sx={row.kind === 'new' ? NEW : DAY}>
                    {row.kind === 'new' ? t('chat.newMessages') : formatTime(row.at, DATE)}
                  </Divider>
                </li>
              ),
            )}
            {pending.map((message) => (
              <PendingItem
                key={message.messageId}
                message={message}
                online={online}
                onRetry={() => chat.retry(message.messageId)}
                onDiscard={() => chat.discard(message.messageId)}
              />
            ))}
          </Box>
        </div>
      </Box>
      {!atEnd && (
        <Fab
          size="small"
          variant={state.unread > 0 ? 'extended' : 'circular'}
          color="primary"
          aria-label={t('chat.toLatest')}
          onClick={toEnd}
          sx={{ position: 'absolute', right: 16, bottom: 8 }}
        >
          <KeyboardArrowDownRounded />
          {state.unread > 0 && t('chat.several', { count: state.unread })}
        </Fab>
      )}
    </Box>
  );
}

const DATE: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
const LIST = { flex: 1, minWidth: 0, overflowY: 'auto', overscrollBehavior: 'contain' } as const;
const DAY = { px: 2, pt: 1.5, color: 'stage.mutedText', typography: 'caption' } as const;
const NEW = {
  ...DAY,
  color: 'primary.main',
  '&::before, &::after': { borderColor: 'primary.main' },
} as const;

function Empty() {
  const { t } = useTranslation('conversation');
  return (
    <Stack spacing={1} sx={{ textAlign: 'center', px: 3, py: 6 }}>
      <Box sx={{ fontWeight: 'fontWeightBold' }}>{t('chat.empty')}</Box>
      <Box sx={{ color: 'stage.mutedText', textWrap: 'balance' }}>{t('chat.emptyHint')}</Box>
    </Stack>
  );
}

function Loading() {
  const { t } = useTranslation('conversation');
  return (
    <Stack spacing={2} sx={{ p: 2 }} role="status" aria-label={t('chat.loading')}>
      {[60, 80, 45].map((width) => (
        <div key={width}>
          <Skeleton width="35%" />
          <Skeleton width={`${width}%`} />
        </div>
      ))}
    </Stack>
  );
}
