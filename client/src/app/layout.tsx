/** Header and content of the pages outside the meeting. */
import Box from '@mui/material/Box';
import Container from '@mui/material/Container';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Link as RouterLink, useLocation } from 'react-router';
import { AccountMenu } from './account-menu.tsx';
import { Logo } from './logo.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const CONTENT_ID = 'content';

export function PageLayout({ children }: { children: ReactNode }) {
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shownPath = useRef(pathname);

  // A browser moves the focus to a new page by itself; a router has to do it for people who don't see the change.
  useEffect(() => {
    if (shownPath.current === pathname) return;
    shownPath.current = pathname;
    content.current?.focus();
  }, [pathname]);

  return (
    <>
      <SkipLink />
      <Box component="header" sx={{ borderBottom: 1, borderColor: 'divider' }}>
        <Container maxWidth="lg" sx={{ display: 'flex', alignItems: 'center', height: 64 }}>
          <Link
            component={RouterLink}
            to="/"
            aria-label="VCallPe, start page"
            underline="none"
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 1.25,
              color: 'text.primary',
              mr: 'auto',
              borderRadius: 1,
            }}
          >
            <Logo />
            <Typography component="span" variant="h3">
              VCallPe
            </Typography>
          </Link>
          <Stack direction="row" spacing={1} sx={{ alignItems: 'center' }}>
            <ThemeSwitch />
            <AccountMenu />
          </Stack>
        </Container>
      </Box>
      <Container
        component="main"
        id={CONTENT_ID}
        ref={content}
        tabIndex={-1}
        maxWidth="lg"
        sx={{ flex: 1, display: 'flex', flexDirection: 'column', py: { xs: 3, sm: 5 }, outline: 'none' }}
      >
        {children}
      </Container>
    </>
  );
}

/** The first stop of the Tab key, seen only then. */
function SkipLink() {
  return (
    <Link
      href={`#${CONTENT_ID}`}
      sx={{
        position: 'absolute',
        left: 16,
        top: 8,
        zIndex: 'tooltip',
        px: 2,
        py: 1,
        borderRadius: 1,
        bgcolor: 'background.paper',
        transform: 'translateY(-200%)',
        '&:focus-visible': { transform: 'none' },
      }}
    >
      Skip to the content
    </Link>
  );
}
