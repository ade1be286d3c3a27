import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import { Link } from 'react-router';
import { Notice } from '../components/notice.tsx';

export function NotFoundPage() {
  return (
    <Box sx={{ py: 8 }}>
      <title>Not found · VCallPe</title>
      <Notice
        title="There is no page here"
        body="The address may have a slip in it. A meeting’s link ends like /r/tam-rilo-bek."
        action={
          <Button component={Link} to="/" variant="contained">
            Go to the start page
          </Button>
        }
      />
    </Box>
  );
}
