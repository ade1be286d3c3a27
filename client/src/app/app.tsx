import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { RouterProvider } from 'react-router/dom';
import { AuthProvider } from '../hooks/use-auth.tsx';
import { ToastProvider } from '../hooks/use-toast.tsx';
import { router } from './routes.tsx';
import { styleCache } from './style-cache.ts';
import { COLOR_MODE_STORAGE_KEY, theme } from './theme.ts';

export function App() {
  return (
    <CacheProvider value={styleCache}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={COLOR_MODE_STORAGE_KEY} noSsr>
        <CssBaseline />
        <ToastProvider>
          <AuthProvider>
            <RouterProvider router={router} />
          </AuthProvider>
        </ToastProvider>
      </ThemeProvider>
    </CacheProvider>
  );
}
