/** Which meeting the check goes into, and the button that begins it. */
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { parseRoomCode } from '@vcallpe/shared';
import { useRef, useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';

interface StartFormProps {
  /** Code to begin with. */
  suggested: string;
  again: boolean;
  running: boolean;
  onStart: (code: string) => void;
  onStop: () => void;
}

export function StartForm({ suggested, again, running, onStart, onStop }: StartFormProps) {
  const { t } = useTranslation('doctor');
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const text = typed ?? suggested;

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    if (running) return onStop();
    const code = parseRoomCode(text);
    if (code) return onStart(code);
    setProblem(t('form.missing'));
    input.current?.focus();
  }

  return (
    <Stack
      component="form"
      noValidate
      direction={{ xs: 'column', sm: 'row' }}
      spacing={1}
      onSubmit={onSubmit}
      sx={{ alignItems: { sm: 'flex-start' } }}
    >
      <TextField
        label={t('form.label')}
        value={text}
        onChange={({ target }) => {
          setTyped(target.value);
          setProblem(undefined);
        }}
        inputRef={input}
        disabled={running}
        error={problem !== undefined}
        helperText={problem ?? t('form.hint')}
        autoComplete="off"
        fullWidth
        slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
      />
      {/* As tall as the field beside it. */}
      <Button
        type="submit"
        variant={running ? 'outlined' : 'contained'}
        sx={{ height: 56, px: 3, whiteSpace: 'nowrap', flexShrink: 0 }}
      >
        {running ? t('form.stop') : again ? t('form.again') : t('form.start')}
      </Button>
    </Stack>
  );
}
