/** Where one writes: to whom, the text, emoji and files. Enter sends, Shift and Enter begins a new line. */
import AttachFileRounded from '@mui/icons-material/AttachFileRounded';
import EmojiEmotionsOutlined from '@mui/icons-material/EmojiEmotionsOutlined';
import SendRounded from '@mui/icons-material/SendRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import { LIMITS, may } from '@vcallpe/shared';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../conference/state.ts';
import type { PendingMessage } from '../../../conference/chat-log.ts';
import type { Conversation } from './conversation.ts';
import { EmojiGrid } from './emoji-grid.tsx';
import type { Uploads } from './use-uploads.ts';

const EVERYONE = 'everyone';

export type Addressee = PendingMessage['to'];

interface ComposerProps {
  chat: Conversation['chat'];
  self: Participant;
  others: readonly Participant[];
  to: Addressee;
  onTo: (to: Addressee) => void;
  uploads: Uploads;
}

export function Composer({ chat, self, others, to, onTo, uploads }: ComposerProps) {
  const { t } = useTranslation('conversation');
  const [text, setText] = useState('');
  const [emojiAnchor, setEmojiAnchor] = useState<HTMLElement | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const tooLong = text.length > LIMITS.chatTextMax;
  const gone = to && !others.some(({ participantId }) => participantId === to.participantId);

  if (!may(self.role, 'chat')) {
    return <Box sx={{ p: 2, color: 'stage.mutedText' }}>{t('composer.notAllowed')}</Box>;
  }

  const send = () => {
    if (text.trim() === '' || tooLong) return;
    chat.send({ text: text.trim(), to });
    setText('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const insert = (emoji: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    setText(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    setEmojiAnchor(null);
  };

  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1 }}
    >
      <TextField
        select
        size="small"
        label={t('composer.to')}
        value={to?.participantId ?? EVERYONE}
        onChange={({ target }) => {
          const person = others.find(({ participantId }) => participantId === target.value);
          onTo(person && { participantId: person.participantId, displayName: person.displayName });
        }}
      >
        <MenuItem value={EVERYONE}>{t('composer.everyone')}</MenuItem>
        {gone && (
          <MenuItem value={to.participantId} disabled>
            {t('composer.gone', { name: to.displayName })}
          </MenuItem>
        )}
        {others.map(({ participantId, displayName }) => (
          <MenuItem key={participantId} value={participantId}>
            {displayName}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        multiline
        maxRows={5}
        size="small"
        autoFocus
        inputRef={field}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        error={tooLong}
        helperText={tooLong && t('composer.tooLong', { max: LIMITS.chatTextMax })}
        placeholder={to ? t('composer.labelPrivate', { name: to.displayName }) : t('composer.label')}
        slotProps={{
          htmlInput: {
            'aria-label': to ? t('composer.labelPrivate', { name: to.displayName }) : t('composer.label'),
          },
        }}
      />
      <Box sx={{ display: 'flex' }}>
        <IconButton
          aria-label={t('composer.emoji')}
          aria-haspopup="dialog"
          onClick={({ currentTarget }) => setEmojiAnchor(currentTarget)}
          sx={{ color: 'inherit' }}
        >
          <EmojiEmotionsOutlined />
        </IconButton>
        {may(self.role, 'sendFile') && (
          <IconButton
            aria-label={t('composer.attach')}
            onClick={() => picker.current?.click()}
            sx={{ color: 'inherit' }}
          >
            <AttachFileRounded />
          </IconButton>
        )}
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={({ target }) => {
            uploads.add([...(target.files ?? [])], to);
            // The same file chosen again is a change again.
            target.value = '';
          }}
        />
        <Box sx={{ flex: 1 }} />
        <IconButton
          type="submit"
          color="primary"
          aria-label={t('composer.send')}
          disabled={text.trim() === '' || tooLong}
        >
          <SendRounded />
        </IconButton>
      </Box>
      <Popover
        open={emojiAnchor !== null}
        anchorEl={emojiAnchor}
        onClose={() => setEmojiAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'left' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': t('composer.emoji') } }}
      >
        <EmojiGrid onChoose={insert} />
      </Popover>
    </Box>
  );
}
