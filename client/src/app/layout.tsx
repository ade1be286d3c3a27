/** Header and content of the pages outside the meeting. */
import Box from '@mui/material/Box';
import Container from '@mui/material/Container';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useLocation } from 'react-router';
import { AccountMenu } from './account-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Logo } from './logo.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { LOW } from './theme.ts';

const CONTENT_ID = 'content';

/** Whether a page was shown before this one: the first begins where the browser begins. */
let begun = false;

export function PageLayout({ children }: { children: ReactNode }) {
  const { t } = useTranslation('app');
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shownPath = useRef(pathname);

  // A browser moves the focus to a new page by itself; a router has to do it for people who don't see the change.
  useEffect(() => {
    if (shownPath.current === pathname) return;
    shownPath.current = pathname;
    content.current?.focus();
  }, [pathname]);

  // The same where another page, such as a meeting, was there with what had the focus.
  useEffect(() => {
    if (begun && document.activeElement === document.body) content.current?.focus();
    begun = true;
  }, []);

  return (
    <>
      <SkipLink />
      <Box component="header" sx={{ borderBottom: 1, borderColor: 'divider' }}>
        <Container
          maxWidth="lg"
          sx={{ display: 'flex', alignItems: 'center', height: 64, [LOW]: { height: 52 } }}
        >
          <Link
            component={RouterLink}
            to="/"
            aria-label={t('home')}
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
            <LanguageSwitch />
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
        sx={{
          flex: 1,
          display: 'flex',
          flexDirection: 'column',
          py: { xs: 3, sm: 5 },
          outline: 'none',
          [LOW]: { py: 2 },
        }}
      >
        {children}
      </Container>
    </>
  );
}

/** The first stop of the Tab key, seen only then. */
function SkipLink() {
  const { t } = useTranslation('app');
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
      {t('skip')}
    </Link>
  );
}
