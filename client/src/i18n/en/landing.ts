export const landing = {
  title: 'Video meetings that your team runs itself.',
  about: 'Open a link, see that you look and sound right, and talk. Nothing to install.',
  newMeeting: 'New meeting',
  /** A new meeting is called so until its owner calls it otherwise. */
  meetingOf: '{{name}}’s meeting',
  codeOrLink: 'Code or link',
  code: {
    missing: 'Enter the code of a meeting, or paste its link',
    noMeeting: 'This link has no meeting in it. One ends like /r/{{example}}',
    digits: 'A code has no digits, only letters, like {{example}}',
    length_one: 'A code has {{letters}} letters, like {{example}}; this has {{count}}',
    length_other: 'A code has {{letters}} letters, like {{example}}; this has {{count}}',
    slip: 'This can’t be a code: codes are easy to say, like {{example}}. Look for a slip',
  },
  recent: {
    title: 'Your meetings',
    manage: 'Manage',
    join: 'Join {{name}}',
    loading: 'Loading your meetings',
    none: 'No meetings yet',
    noneBody: '“{{newMeeting}}” makes one with a link that stays the same, so that you can meet there again.',
  },
};
