/** What to ask, and what can be answered. */
import AddRounded from '@mui/icons-material/AddRounded';
import CloseRounded from '@mui/icons-material/CloseRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { LIMITS } from '@vcallpe/shared';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../../components/failure.tsx';
import type { Conversation } from './conversation.ts';

const htmlInput = { maxLength: LIMITS.pollTextMax };

interface PollFormProps {
  polls: Conversation['polls'];
  onDone: () => void;
}

export function PollForm({ polls, onDone }: PollFormProps) {
  const { t } = useTranslation('conversation');
  const { t: common } = useTranslation('common');
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState<readonly string[]>(['', '']);
  const [multiple, setMultiple] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const given = options.map((option) => option.trim()).filter(Boolean);
  const ready = question.trim() !== '' && given.length >= 2;

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await polls.start({ question: question.trim(), options: given, multiple });
      onDone();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };

  return (
    <Stack
      component="form"
      spacing={1.5}
      onSubmit={(event) => void start(event)}
      sx={{ flex: 'none', pt: 1 }}
    >
      <TextField
        autoFocus
        size="small"
        label={t('polls.question')}
        value={question}
        onChange={({ target }) => setQuestion(target.value)}
        slotProps={{ htmlInput }}
      />
      {options.map((option, index) => (
        <Box key={index} sx={{ display: 'flex' }}>
          <TextField
            size="small"
            fullWidth
            label={t('polls.option', { number: index + 1 })}
            value={option}
            onChange={({ target }) => setOptions(options.with(index, target.value))}
            slotProps={{ htmlInput }}
          />
          {options.length > 2 && (
            <IconButton
              aria-label={t('polls.removeOption', { number: index + 1 })}
              onClick={() => setOptions(options.toSpliced(index, 1))}
              sx={{ color: 'inherit' }}
            >
              <CloseRounded fontSize="small" />
            </IconButton>
          )}
        </Box>
      ))}
      {options.length < LIMITS.pollOptions && (
        <Button
          size="small"
          color="inherit"
          startIcon={<AddRounded />}
          onClick={() => setOptions([...options, ''])}
          sx={{ alignSelf: 'start' }}
        >
          {t('polls.addOption')}
        </Button>
      )}
      <FormControlLabel
        label={t('polls.multiple')}
        control={<Checkbox checked={multiple} onChange={(_event, checked) => setMultiple(checked)} />}
      />
      <Box sx={{ color: 'stage.mutedText', typography: 'caption' }}>{t('polls.anonymous')}</Box>
      {failure !== undefined && <Failure error={failure} />}
      <Stack direction="row" spacing={1}>
        <Button type="submit" variant="contained" disabled={!ready} loading={busy}>
          {t('polls.start')}
        </Button>
        <Button color="inherit" onClick={onDone}>
          {common('cancel')}
        </Button>
      </Stack>
    </Stack>
  );
}
