/** What people read when something fails: what happened, what it means, what to do. */
import type { ErrorCode } from '@vcallpe/shared';

/** Every code has words, here and in each other language. */
type ErrorCatalogue = Record<ErrorCode, { title: string; body: string }>;

export const errors = {
  codes: {
    VALIDATION_FAILED: {
      title: 'Something in the form isn’t right',
      body: 'Check what you entered and send it again.',
    },
    UNAUTHENTICATED: {
      title: 'You are signed out',
      body: 'Your session has ended. Sign in to go on.',
    },
    INVALID_CREDENTIALS: {
      title: 'Email or password is wrong',
      body: 'Check both and try again. Passwords distinguish capital letters.',
    },
    TOKEN_INVALID: {
      title: 'You are signed out',
      body: 'Your session is no longer valid. Sign in to go on.',
    },
    TOKEN_EXPIRED: {
      title: 'That took too long',
      body: 'Your permission to enter ran out in the meantime. Try once more.',
    },
    TOKEN_REUSED: {
      title: 'You are signed out',
      body: 'Your session was used in two places, so it was ended to keep your account safe. Sign in to go on.',
    },
    UNSUPPORTED_BROWSER: {
      title: 'This browser can’t take part',
      body: 'It lacks what video meetings need. Use a current Firefox, Chrome, Edge or Safari.',
    },
    FORBIDDEN: {
      title: 'You can’t do that here',
      body: 'Your role doesn’t allow it. Ask whoever runs the meeting.',
    },
    GUESTS_NOT_ALLOWED: {
      title: 'This meeting is for people with an account',
      body: 'Its owner doesn’t let guests in. Sign in or create an account to join.',
    },
    PASSWORD_NEEDED: {
      title: 'This meeting has a password',
      body: 'Ask whoever invited you for it, and enter it here.',
    },
    PASSWORD_WRONG: {
      title: 'That isn’t the password',
      body: 'Check it and try again. Capital letters count.',
    },
    ADMISSION_NEEDED: {
      title: 'You have to be let in',
      body: 'Someone who runs this meeting has to let you in. Ask to join.',
    },
    ROOM_LOCKED: {
      title: 'This meeting is locked',
      body: 'Nobody new can come in now. Ask a host to unlock it, and try again.',
    },
    REMOVED: {
      title: 'You can’t join this meeting',
      body: 'A host has decided so. You can join the next one in this room.',
    },
    NOT_FOUND: {
      title: 'That isn’t here any more',
      body: 'It may have been removed in the meantime.',
    },
    ROOM_NOT_FOUND: {
      title: 'There is no such meeting',
      body: 'The code may have a slip in it, or the meeting was deleted. Ask for the link once more.',
    },
    UNKNOWN_METHOD: {
      title: 'This page is out of date',
      body: 'The server has changed since you opened it. Reload the page.',
    },
    METHOD_NOT_ALLOWED: {
      title: 'This page is out of date',
      body: 'The server has changed since you opened it. Reload the page.',
    },
    ALREADY_JOINED: {
      title: 'You are in this meeting already',
      body: 'It is open in another tab or on another device. Join here instead, and the other one leaves.',
    },
    SESSION_GONE: {
      title: 'You were away for too long',
      body: 'Your place was given up. Join again.',
    },
    EMAIL_TAKEN: {
      title: 'This email already has an account',
      body: 'Sign in, or use another one.',
    },
    WRONG_STATE: {
      title: 'That didn’t fit just now',
      body: 'The meeting was in another state than expected. This is a fault of the page, not of anything you did. Reload it and try again.',
    },
    CANNOT_CONSUME: {
      title: 'Someone can’t be shown',
      body: 'Your browser can’t play what they send. A current Chrome, Edge, Firefox or Safari can.',
    },
    LIMIT_REACHED: {
      title: 'You have reached the limit',
      body: 'Remove something you no longer need, and try again.',
    },
    ROOM_FULL: {
      title: 'This meeting is full',
      body: 'As many people are in it as it allows. Try again when someone has left.',
    },
    PAYLOAD_TOO_LARGE: {
      title: 'That is too much at once',
      body: 'Shorten what you entered and send it again.',
    },
    UNSUPPORTED_MEDIA_TYPE: {
      title: 'Something went wrong on this page',
      body: 'This is a fault of the page, not of anything you did. Reload it and try again.',
    },
    PROTOCOL_VERSION: {
      title: 'This page is out of date',
      body: 'VCallPe was updated since you opened it. Reload the page.',
    },
    RATE_LIMITED: {
      title: 'Too many tries',
      body: 'To keep accounts safe there is a pause now.',
    },
    INTERNAL: {
      title: 'Something went wrong on our side',
      body: 'Nothing of yours is lost. Try again; if it goes on, tell whoever runs this server.',
    },
    UNAVAILABLE: {
      title: 'VCallPe can’t be reached',
      body: 'Your network or the server is away. Check your connection and try again.',
    },
    TIMEOUT: {
      title: 'The server is slow to answer',
      body: 'It may be busy, or your connection weak. Try again in a moment.',
    },
  } satisfies ErrorCatalogue,
  waitSeconds_one: 'Try again in {{count}} second.',
  waitSeconds_other: 'Try again in {{count}} seconds.',
  waitMinutes_one: 'Try again in about a minute.',
  waitMinutes_other: 'Try again in about {{count}} minutes.',
  waitUnknown: 'Try again in a few minutes.',
  reference: 'Reference: {{id}}',
};
