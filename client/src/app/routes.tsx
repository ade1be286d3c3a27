/** The pages. Each is a chunk of its own, so that what a meeting needs is loaded with the meeting only. */
import { createBrowserRouter, Outlet } from 'react-router';
import { AccountOnly } from './account-only.tsx';
import { ErrorPage } from './error-page.tsx';
import { PageLayout } from './layout.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { RootLayout } from './root-layout.tsx';

/** While the first page loads there is nothing worth showing: it takes less time than a spinner needs to be seen. */
function Blank() {
  return null;
}

export const router = createBrowserRouter([
  {
    element: <RootLayout />,
    errorElement: <ErrorPage />,
    HydrateFallback: Blank,
    children: [
      {
        element: (
          <PageLayout>
            <Outlet />
          </PageLayout>
        ),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('../features/landing/landing-page.tsx')).default }),
          },
          {
            path: 'doctor',
            lazy: async () => ({ Component: (await import('../features/doctor/doctor-page.tsx')).default }),
          },
          {
            element: (
              <AccountOnly>
                <Outlet />
              </AccountOnly>
            ),
            children: [
              {
                path: 'rooms',
                lazy: async () => ({ Component: (await import('../features/rooms/rooms-page.tsx')).default }),
              },
              {
                path: 'rooms/:code/history',
                lazy: async () => ({
                  Component: (await import('../features/rooms/history/history-page.tsx')).default,
                }),
              },
              {
                path: 'rooms/:code/history/:meetingId',
                lazy: async () => ({
                  Component: (await import('../features/rooms/history/meeting-page.tsx')).default,
                }),
              },
              {
                path: 'account',
                lazy: async () => ({
                  Component: (await import('../features/account/account-page.tsx')).default,
                }),
              },
              {
                path: 'admin',
                lazy: async () => ({ Component: (await import('../features/admin/admin-page.tsx')).default }),
              },
            ],
          },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
      {
        path: 'r/:code',
        lazy: async () => ({ Component: (await import('../features/meeting/room-page.tsx')).default }),
      },
    ],
  },
]);
