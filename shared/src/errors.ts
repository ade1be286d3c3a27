/**
 * The one table of machine-readable errors. `status` is the HTTP status the API answers with; `retry`
 * says whether doing the same again later can help, so that a client knows when to back off and when to stop.
 */
export const ERRORS = {
  VALIDATION_FAILED: { status: 400, retry: false },
  UNAUTHENTICATED: { status: 401, retry: false },
  INVALID_CREDENTIALS: { status: 401, retry: false },
  TOKEN_INVALID: { status: 401, retry: false },
  TOKEN_EXPIRED: { status: 401, retry: false },
  TOKEN_REUSED: { status: 401, retry: false },
  FORBIDDEN: { status: 403, retry: false },
  GUESTS_NOT_ALLOWED: { status: 403, retry: false },
  /** The room has a password, and none came or a wrong one. */
  PASSWORD_NEEDED: { status: 403, retry: false },
  PASSWORD_WRONG: { status: 403, retry: false },
  /** The door is closed to this person for now: `knock`. */
  ADMISSION_NEEDED: { status: 403, retry: false },
  /** Nobody new comes in. A host can unlock the meeting. */
  ROOM_LOCKED: { status: 403, retry: false },
  /** A host has removed this person, or turned them away: they are not let in for this meeting. */
  REMOVED: { status: 403, retry: false },
  NOT_FOUND: { status: 404, retry: false },
  ROOM_NOT_FOUND: { status: 404, retry: false },
  UNKNOWN_METHOD: { status: 404, retry: false },
  METHOD_NOT_ALLOWED: { status: 405, retry: false },
  /** The same person is in this meeting already, in another tab or on another device. `takeOver` replaces that one. */
  ALREADY_JOINED: { status: 409, retry: false },
  /** The place that a resume key stood for is gone: come in anew. */
  SESSION_GONE: { status: 410, retry: false },
  EMAIL_TAKEN: { status: 409, retry: false },
  WRONG_STATE: { status: 409, retry: false },
  CANNOT_CONSUME: { status: 409, retry: false },
  LIMIT_REACHED: { status: 409, retry: false },
  ROOM_FULL: { status: 409, retry: true },
  PAYLOAD_TOO_LARGE: { status: 413, retry: false },
  /** Never sent: the client finds out by itself. */
  UNSUPPORTED_BROWSER: { status: 400, retry: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, retry: false },
  PROTOCOL_VERSION: { status: 426, retry: false },
  RATE_LIMITED: { status: 429, retry: true },
  INTERNAL: { status: 500, retry: true },
  UNAVAILABLE: { status: 503, retry: true },
  TIMEOUT: { status: 504, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** What crosses the wire when something fails, over REST and signaling alike. */
export interface ErrorBody {
  code: ErrorCode;
  /** A sentence for people: what happened and what to do. */
  message: string;
  /** Machine-readable particulars, such as the path of each field that did not parse. */
  details?: unknown;
}

interface AppErrorOptions {
  details?: unknown;
  /** What caused it. It is logged and never sent. */
  cause?: unknown;
}

/** The only error class that carries a code. Anything else that is thrown becomes `INTERNAL` at the edge. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, { details, cause }: AppErrorOptions = {}) {
    super(message, { cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retry(): boolean {
    return ERRORS[this.code].retry;
  }

  toBody(): ErrorBody {
    const body: ErrorBody = { code: this.code, message: this.message };
    if (this.details !== undefined) body.details = this.details;
    return body;
  }

  static fromBody({ code, message, details }: ErrorBody): AppError {
    return new AppError(code, message, { details });
  }
}
