import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { formatTime } from './format.ts';

/** @param since when the figures on the page were true; undefined when there are none. */
export function SilentServer({ since }: { since: string | undefined }) {
  return (
    <Alert severity="warning" variant="outlined" sx={{ m: 2 }}>
      <AlertTitle>The media server doesn’t answer</AlertTitle>
      It may be starting anew, or your connection is away. This page goes on asking.
      {since !== undefined && ` What you see is from ${formatTime(since)}.`}
    </Alert>
  );
}
