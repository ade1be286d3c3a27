import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Notice } from '../../components/notice.tsx';
import { describeError } from '../../lib/errors/words.ts';

interface RoomProblemProps {
  error: unknown;
  onRetry?: () => void;
}

/** There is no such room, or it can't be read now. */
export function RoomProblem({ error, onRetry }: RoomProblemProps) {
  const { t } = useTranslation();
  const { title, body, retry } = describeError(error);
  const mayRetry = retry && onRetry;
  return (
    <Box sx={{ py: 8 }}>
      <title>{`${title} · VCallPe`}</title>
      <Notice
        title={title}
        body={body}
        action={
          <>
            {mayRetry && (
              <Button variant="contained" onClick={onRetry}>
                {t('tryAgain')}
              </Button>
            )}
            <Button component={Link} to="/" variant={mayRetry ? 'outlined' : 'contained'}>
              {t('startPage')}
            </Button>
          </>
        }
      />
    </Box>
  );
}
