import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { roomLink } from '../../../hooks/use-copy-link.ts';

/** Nobody else is here yet: the link to bring them. */
export function AloneCard({ code, onCopy }: { code: string; onCopy: () => void }) {
  const { t } = useTranslation('meeting');
  return (
    <Box
      sx={{
        alignSelf: 'center',
        flex: 'none',
        width: { xs: 1, sm: 320 },
        p: { xs: 2, md: 3 },
        display: 'grid',
        gap: 1.5,
        borderRadius: (theme) => theme.vars.shape.tileRadius,
        bgcolor: 'stage.raised',
      }}
    >
      <Typography component="h2" sx={{ fontSize: '1rem', fontWeight: 'fontWeightBold' }}>
        {t('alone.title')}
      </Typography>
      <Box sx={{ color: 'stage.mutedText' }}>{t('alone.body')}</Box>
      <Box
        sx={{
          px: 1.5,
          py: 1,
          borderRadius: 1,
          bgcolor: 'stage.main',
          overflowWrap: 'anywhere',
          userSelect: 'all',
        }}
      >
        {roomLink(code)}
      </Box>
      <Button variant="contained" startIcon={<ContentCopyRounded />} onClick={onCopy}>
        {t('alone.copy')}
      </Button>
    </Box>
  );
}
