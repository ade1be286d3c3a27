/** A failure in calm words, above the form or in the place of the list that it concerns. */
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { describeError } from '../lib/errors/words.ts';

interface FailureProps {
  error: unknown;
  /** Offered only where doing it again can help. */
  onRetry?: () => void;
}

export function Failure({ error, onRetry }: FailureProps) {
  const { t } = useTranslation();
  const { title, body, retry } = describeError(error);
  return (
    <Alert
      severity="error"
      variant="outlined"
      action={
        onRetry && retry ? (
          <Button color="inherit" size="small" onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        ) : undefined
      }
    >
      <AlertTitle>{title}</AlertTitle>
      {body}
    </Alert>
  );
}
