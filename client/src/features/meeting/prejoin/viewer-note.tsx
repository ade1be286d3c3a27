import VisibilityRounded from '@mui/icons-material/VisibilityRounded';
import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';

/** In place of one's own picture, for who comes to see and hear. */
export function ViewerNote() {
  const { t } = useTranslation('meeting');
  return (
    <Box
      sx={{
        aspectRatio: '16 / 9',
        display: 'grid',
        placeContent: 'center',
        justifyItems: 'center',
        gap: 1.5,
        px: 4,
        textAlign: 'center',
        borderRadius: (theme) => theme.vars.shape.tileRadius,
        bgcolor: 'stage.tile',
        color: 'stage.contrastText',
      }}
    >
      <VisibilityRounded fontSize="large" />
      {t('prejoin.asViewer')}
    </Box>
  );
}
