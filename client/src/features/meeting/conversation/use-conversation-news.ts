/** What others say, ask and raise, in short words: seen while one looks elsewhere, read out in any case. */
import type { ChatMessage } from '@vcallpe/shared';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../conference/state.ts';
import { useStore } from '../../../hooks/use-store.ts';
import { useTell } from '../../../hooks/use-toast.tsx';
import { HAND, MESSAGE, POLL } from '../news/topics.ts';
import type { Panel } from '../stage/side-panel.tsx';
import type { Conversation } from './conversation.ts';

/** More of a message is read in the chat. */
const SHOWN_CHARACTERS = 120;

export function useConversationNews(
  { chat, polls }: Conversation,
  self: string | undefined,
  others: readonly Participant[],
  panel: Panel | undefined,
): void {
  const { t } = useTranslation('conversation');
  const tell = useTell();
  const { messages, loading, readSeq } = useStore(chat);
  const { polls: all, loading: pollsLoading } = useStore(polls);

  const toldSeq = useRef<number>(undefined);
  useEffect(() => {
    if (loading === 'first') return;
    const since = toldSeq.current ?? readSeq;
    const news = messages.filter(({ seq, from }) => seq > since && from.participantId !== self);
    toldSeq.current = messages.at(-1)?.seq ?? 0;
    const words = ({ from, to, text, file }: ChatMessage) =>
      t(to ? 'chat.saidPrivately' : 'chat.said', {
        name: from.displayName,
        text: text ? shortened(text) : t('chat.sentFile', { name: file?.name }),
      });
    for (const message of news) tell(MESSAGE, words(message), panel !== 'chat');
  }, [messages, loading, readSeq, panel, self, t, tell]);

  const known = useRef<Set<string>>(undefined);
  useEffect(() => {
    if (pollsLoading) return;
    const before = known.current ?? new Set(all.map(({ pollId }) => pollId));
    for (const { pollId, by, question } of all) {
      if (before.has(pollId) || by.participantId === self) continue;
      tell(POLL, t('polls.asked', { name: by.displayName, question }), panel !== 'polls');
    }
    known.current = new Set(all.map(({ pollId }) => pollId));
  }, [all, pollsLoading, panel, self, t, tell]);

  const raised = useRef<Set<string>>(undefined);
  useEffect(() => {
    const up = others.filter(({ handRaisedAt }) => handRaisedAt !== undefined);
    const before = raised.current;
    if (before) {
      for (const { peerId, displayName } of up) {
        if (!before.has(peerId)) tell(HAND, displayName, true);
      }
    }
    raised.current = new Set(up.map(({ peerId }) => peerId));
  }, [others, tell]);
}

function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
