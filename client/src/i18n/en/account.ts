export const account = {
  title: 'Account',
  name: { title: 'Name', save: 'Save the name', saved: 'You are {{name}} now' },
  password: {
    about: 'Changing it signs out all your other devices.',
    current: 'Current password',
    new: 'New password',
    change: 'Change the password',
    changed: 'Your password is changed, and your other devices are signed out',
    wrong: 'This is not your password',
  },
  sessions: {
    title: 'Sessions',
    about: 'Lost a device, or signed in on one that isn’t yours? End every session at once.',
    end: 'Sign out everywhere',
    ask: 'Sign out everywhere?',
    meaning: 'You will be signed out on all devices, this one included.',
    ended: 'You are signed out everywhere',
  },
  delete: {
    title: 'Delete the account',
    about: 'Your meetings and their links go with it. This can’t be undone.',
    ask: 'Delete your account?',
    meaning: 'Your meetings and their links go with it. Enter your password to confirm.',
    action: 'Delete for good',
    done: 'Your account is deleted',
  },
};
