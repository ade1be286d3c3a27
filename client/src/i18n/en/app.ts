/** What stands around the pages: header, menus, and the pages for what went wrong. */
export const app = {
  skip: 'Skip to the content',
  home: 'VCallPe, start page',
  loadingPage: 'Loading the page',
  unreachable: 'VCallPe can’t be reached just now. Trying again until it answers.',
  language: 'Language',
  languageFailed: 'This language can’t be loaded just now. Check your connection and try again.',
  theme: { label: 'Light or dark', system: 'Like the system', light: 'Light', dark: 'Dark' },
  menu: {
    tooltip: 'Your account',
    label: 'Account of {{name}}',
    meetings: 'My meetings',
    account: 'Account',
    admin: 'Media server',
    signOut: 'Sign out',
    stillSignedIn: 'You are still signed in. {{reason}}.',
  },
  accountOnly: {
    title: 'Sign in to see this page',
    body: 'It belongs to your account. You will stay right here.',
  },
  notFound: {
    page: 'Not found',
    title: 'There is no page here',
    body: 'The address may have a slip in it. A meeting’s link ends like /r/tam-rilo-bek.',
  },
  broken: {
    title: 'This page has stopped working',
    body: 'VCallPe may have been updated since you opened it, or your connection failed. Reloading usually helps; you stay signed in.',
  },
};
