import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import type { ReactNode, SubmitEventHandler } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from './failure.tsx';

interface FormDialogProps {
  title: string;
  children: ReactNode;
  /** Name of the button that submits. */
  action: string;
  /** For what can't be undone. */
  dangerous?: boolean;
  busy: boolean;
  failure: unknown;
  onSubmit: SubmitEventHandler<HTMLFormElement>;
  onClose: () => void;
}

/** A short form over the page. Enter submits, Escape cancels. */
export function FormDialog({
  title,
  children,
  action,
  dangerous,
  busy,
  failure,
  onSubmit,
  onClose,
}: FormDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      {/* The fields scroll, and the buttons stay in sight. */}
      <Box
        component="form"
        noValidate
        onSubmit={onSubmit}
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
      >
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent>
          <Stack spacing={2.5} sx={{ pt: 1 }}>
            {failure !== undefined && <Failure error={failure} />}
            {children}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5 }}>
          <Button color="inherit" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="contained" color={dangerous ? 'error' : 'primary'} loading={busy}>
            {action}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}
