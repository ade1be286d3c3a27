/** Which meeting the check goes into, and the button that begins it. */
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { parseRoomCode } from '@vcallpe/shared';
import { useRef, useState } from 'react';
import type { SubmitEvent } from 'react';

interface StartFormProps {
  /** Code to begin with. */
  suggested: string;
  again: boolean;
  running: boolean;
  onStart: (code: string) => void;
  onStop: () => void;
}

export function StartForm({ suggested, again, running, onStart, onStop }: StartFormProps) {
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const text = typed ?? suggested;

  function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    if (running) return onStop();
    const code = parseRoomCode(text);
    if (code) return onStart(code);
    setProblem('Enter the code of a meeting, like tam-rilo-bek, or paste its link');
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
        label="Code or link of a meeting"
        value={text}
        onChange={({ target }) => {
          setTyped(target.value);
          setProblem(undefined);
        }}
        inputRef={input}
        disabled={running}
        error={problem !== undefined}
        helperText={problem ?? 'The check goes in for some seconds, silent. Best take one that nobody is in.'}
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
        {running ? 'Stop' : again ? 'Check again' : 'Start the check'}
      </Button>
    </Stack>
  );
}
