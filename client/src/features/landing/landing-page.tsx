/** The start: begin a meeting or enter one; beside it one's own meetings or, for a guest, a quiet picture. */
import VideoCallRounded from '@mui/icons-material/VideoCallRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { LOW } from '../../app/theme.ts';
import { Failure } from '../../components/failure.tsx';
import { useAuth } from '../../hooks/use-auth.tsx';
import { JoinForm } from './join-form.tsx';
import { RecentRooms, RecentRoomsSkeleton } from './recent-rooms.tsx';
import { TilesPicture } from './tiles-picture.tsx';
import { useNewMeeting } from './use-new-meeting.ts';

export default function LandingPage() {
  const { t } = useTranslation('landing');
  const { status } = useAuth();
  const meeting = useNewMeeting();
  return (
    <Box
      sx={{
        flex: 1,
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 5fr) minmax(0, 6fr)' },
        gap: { xs: 5, md: 8 },
        alignContent: { xs: 'start', md: 'center' },
        alignItems: 'center',
        pb: { md: 8 },
        [`${LOW} and (min-width: 600px)`]: {
          gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
          gap: 4,
          pb: 0,
        },
      }}
    >
      <title>VCallPe</title>
      <Stack sx={{ maxWidth: 520, gap: 3, [LOW]: { gap: 2 } }}>
        <Typography variant="h1" sx={{ textWrap: 'balance' }}>
          {t('title')}
        </Typography>
        <Typography sx={{ color: 'text.secondary', fontSize: '1.125rem', textWrap: 'pretty' }}>
          {t('about')}
        </Typography>
        {meeting.failure !== undefined && <Failure error={meeting.failure} onRetry={meeting.start} />}
        <Button
          variant="contained"
          size="large"
          startIcon={<VideoCallRounded />}
          loading={meeting.busy}
          loadingPosition="start"
          onClick={meeting.start}
          sx={{ alignSelf: { sm: 'flex-start' } }}
        >
          {t('newMeeting')}
        </Button>
        <JoinForm />
      </Stack>
      <Box component="section">
        {status === 'loading' && <RecentRoomsSkeleton />}
        {status === 'signedIn' && <RecentRooms />}
        {status === 'signedOut' && <TilesPicture />}
      </Box>
    </Box>
  );
}
