import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { parseRoomCode } from '@vcallpe/shared';
import { useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { codeProblem } from './code-problem.ts';

/** Takes a code however it was written down, or a whole link. */
export function JoinForm() {
  const { t } = useTranslation(['landing', 'common']);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const code = parseRoomCode(text);
    if (code) return void navigate(`/r/${code}`);
    setProblem(codeProblem(text));
    input.current?.focus();
  }

  return (
    <form noValidate onSubmit={onSubmit}>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'flex-start' }}>
        <TextField
          label={t('codeOrLink')}
          placeholder="tam-rilo-bek"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setProblem(undefined);
          }}
          inputRef={input}
          error={problem !== undefined}
          helperText={problem ?? ' '}
          autoComplete="off"
          fullWidth
          slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
        />
        {/* As tall as the field beside it. */}
        <Button type="submit" variant="outlined" sx={{ height: 56, px: 3 }}>
          {t('common:join')}
        </Button>
      </Stack>
    </form>
  );
}
