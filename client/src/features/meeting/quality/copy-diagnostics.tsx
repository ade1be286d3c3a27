/** Copies the diagnostics, or shows them where the browser keeps the clipboard to itself. */
import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../../hooks/use-toast.tsx';

interface CopyDiagnosticsProps {
  /** Made when it is wanted. */
  text: () => string;
}

export function CopyDiagnostics({ text }: CopyDiagnosticsProps) {
  const { t } = useTranslation('quality');
  const toast = useToast();
  const [refused, setRefused] = useState<string>();
  const copy = () => {
    const copied = text();
    // `clipboard` is always there in the types, and is missing where the page is not secure.
    const written = (navigator.clipboard as Clipboard | undefined)?.writeText(copied) ?? Promise.reject();
    written.then(
      () => {
        setRefused(undefined);
        toast(t('copy.copied'));
      },
      () => setRefused(copied),
    );
  };
  return (
    <Box sx={{ p: 2, borderTop: 1, borderColor: 'stage.border' }}>
      <Button fullWidth color="inherit" variant="outlined" startIcon={<ContentCopyRounded />} onClick={copy}>
        {t('copy.action')}
      </Button>
      {/* It is there before its words are, because only then are they read out. */}
      <Typography role="status" variant="body2" sx={refused ? { mt: 1.5, mb: 1 } : undefined}>
        {refused && t('copy.refused')}
      </Typography>
      {refused !== undefined && (
        <TextField
          label={t('copy.label')}
          value={refused}
          multiline
          fullWidth
          size="small"
          maxRows={6}
          autoFocus
          onFocus={({ target }) => target.select()}
          slotProps={{ input: { readOnly: true, sx: { typography: 'caption' } } }}
        />
      )}
    </Box>
  );
}
