/** Where the router leads when a page throws or its files can't be loaded, as after an update of the server. */
import Button from '@mui/material/Button';
import Container from '@mui/material/Container';
import { useTranslation } from 'react-i18next';
import { Notice } from '../components/notice.tsx';

export function ErrorPage() {
  const { t } = useTranslation(['app', 'common']);
  return (
    <Container component="main" maxWidth="sm" sx={{ py: 8 }}>
      <title>VCallPe</title>
      <Notice
        title={t('broken.title')}
        body={t('broken.body')}
        action={
          <>
            <Button variant="contained" onClick={() => window.location.reload()}>
              {t('common:reload')}
            </Button>
            {/* A real navigation: what is broken must not survive it. */}
            <Button href="/">{t('common:startPage')}</Button>
          </>
        }
      />
    </Container>
  );
}
