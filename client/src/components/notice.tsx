/** Something to know in the place of content: empty, missing or failed, with the way on. */
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

interface NoticeProps {
  title: string;
  body: ReactNode;
  action?: ReactNode;
  /** The level of the heading, by where the notice stands. */
  heading?: 'h1' | 'h2';
}

export function Notice({ title, body, action, heading = 'h1' }: NoticeProps) {
  return (
    <Stack spacing={1.5} sx={{ alignItems: 'center', textAlign: 'center', maxWidth: 460, mx: 'auto', py: 4 }}>
      <Typography component={heading} variant={heading === 'h1' ? 'h2' : 'h3'}>
        {title}
      </Typography>
      <Typography sx={{ color: 'text.secondary', textWrap: 'balance' }}>{body}</Typography>
      {action && (
        <Stack
          direction="row"
          spacing={1}
          useFlexGap
          sx={{ pt: 1, flexWrap: 'wrap', justifyContent: 'center' }}
        >
          {action}
        </Stack>
      )}
    </Stack>
  );
}
