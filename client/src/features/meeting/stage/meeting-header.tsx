import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useNow } from '../../../hooks/use-now.ts';
import { clock } from '../durations.ts';

interface MeetingHeaderProps {
  name: string;
  /** Unix time in ms. */
  joinedAt: number;
}

export function MeetingHeader({ name, joinedAt }: MeetingHeaderProps) {
  return (
    <Box component="header" sx={{ display: 'flex', alignItems: 'baseline', gap: 1.5, px: 2, py: 1 }}>
      <Typography component="h1" noWrap sx={{ fontSize: 'inherit', fontWeight: 'fontWeightBold' }}>
        {name}
      </Typography>
      <Duration since={joinedAt} />
    </Box>
  );
}

/** Apart, so that a tick draws nothing else anew. */
function Duration({ since }: { since: number }) {
  const now = useNow(1000);
  return (
    <Box component="span" role="timer" sx={{ color: 'stage.mutedText', flex: 'none' }}>
      {clock(now - since)}
    </Box>
  );
}
