import PeopleAltRounded from '@mui/icons-material/PeopleAltRounded';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../hooks/use-now.ts';
import { clock } from '../durations.ts';
import { Pager } from './pager.tsx';
import type { Stage } from './use-stage.ts';

interface MeetingHeaderProps extends Pick<Stage, 'page' | 'pages' | 'turn'> {
  name: string;
  /** Unix time in ms. */
  joinedAt: number;
  /** How many are in the meeting, oneself included. */
  people: number;
  /** What there is room for beside the name. */
  children: ReactNode;
}

export function MeetingHeader(props: MeetingHeaderProps) {
  const { name, joinedAt, people, page, pages, turn, children } = props;
  return (
    <Box
      component="header"
      sx={{ display: 'flex', alignItems: 'center', gap: 1.5, minHeight: 44, pl: 2, pr: 1 }}
    >
      <Typography component="h1" noWrap sx={{ fontSize: 'inherit', fontWeight: 'fontWeightBold' }}>
        {name}
      </Typography>
      <Duration since={joinedAt} />
      <People count={people} />
      <Box sx={{ flex: 1, minWidth: 0 }}>{children}</Box>
      <Pager page={page} pages={pages} turn={turn} />
    </Box>
  );
}

function People({ count }: { count: number }) {
  const { t } = useTranslation('meeting');
  return (
    <Box
      component="span"
      role="img"
      aria-label={t('people', { count })}
      sx={{ display: 'flex', alignItems: 'center', gap: 0.5, flex: 'none', color: 'stage.mutedText' }}
    >
      <PeopleAltRounded sx={{ fontSize: '1.25em' }} />
      {count}
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
