import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Notice } from '../components/notice.tsx';

export function NotFoundPage() {
  const { t } = useTranslation(['app', 'common']);
  return (
    <Box sx={{ py: 8 }}>
      <title>{`${t('notFound.page')} · VCallPe`}</title>
      <Notice
        title={t('notFound.title')}
        body={t('notFound.body')}
        action={
          <Button component={Link} to="/" variant="contained">
            {t('common:startPage')}
          </Button>
        }
      />
    </Box>
  );
}
