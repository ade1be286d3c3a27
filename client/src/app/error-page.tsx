/** Where the router leads when a page throws or its files can't be loaded, as after an update of the server. */
import Button from '@mui/material/Button';
import Container from '@mui/material/Container';
import { Notice } from '../components/notice.tsx';

export function ErrorPage() {
  return (
    <Container component="main" maxWidth="sm" sx={{ py: 8 }}>
      <title>VCallPe</title>
      <Notice
        title="This page has stopped working"
        body="VCallPe may have been updated since you opened it, or your connection failed. Reloading usually helps; you stay signed in."
        action={
          <>
            <Button variant="contained" onClick={() => window.location.reload()}>
              Reload
            </Button>
            {/* A real navigation: what is broken must not survive it. */}
            <Button href="/">Go to the start page</Button>
          </>
        }
      />
    </Container>
  );
}
