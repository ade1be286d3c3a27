import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { Notice } from '../../components/notice.tsx';
import { describeError } from '../../lib/errors/words.ts';

interface RoomProblemProps {
  error: unknown;
  onRetry?: () => void;
}

/** There is no such room, or it can't be read now. */
export function RoomProblem({ error, onRetry }: RoomProblemProps) {
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
                Try again
              </Button>
            )}
            <Button component={Link} to="/" variant={mayRetry ? 'outlined' : 'contained'}>
              Go to the start page
            </Button>
          </>
        }
      />
    </Box>
  );
}
