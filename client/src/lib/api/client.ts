/** The REST API as the pages use it. Every failure rejects with `AppError`. */
import { API_PREFIX, AppError } from '@vcallpe/shared';
import type {
  CreateRoomBody,
  DeleteMeBody,
  ErrorCode,
  JoinGrant,
  JoinRoomBody,
  LoginBody,
  RegisterBody,
  Room,
  RouteKey,
  SessionResponse,
  UpdateMeBody,
  UpdateRoomBody,
  User,
} from '@vcallpe/shared';
import { browserStore } from '../storage.ts';
import type { KeyValueStore } from '../storage.ts';
import { createSend } from './http.ts';
import type { CallOptions, RouteOutput } from './http.ts';
import { createExclusively, createRefresh } from './refresh.ts';
import { SessionStore } from './session.ts';

export interface Api {
  register(body: RegisterBody): Promise<SessionResponse>;
  login(body: LoginBody): Promise<SessionResponse>;
  refresh(): Promise<SessionResponse>;
  logout(): Promise<void>;
  logoutAll(): Promise<void>;
  getMe(): Promise<User>;
  updateMe(body: UpdateMeBody): Promise<User>;
  deleteMe(body: DeleteMeBody): Promise<void>;
  createRoom(body: CreateRoomBody): Promise<Room>;
  listRooms(): Promise<Room[]>;
  getRoom(code: string): Promise<Room>;
  updateRoom(code: string, body: UpdateRoomBody): Promise<Room>;
  deleteRoom(code: string): Promise<void>;
  joinRoom(code: string, body: JoinRoomBody): Promise<JoinGrant>;
}

interface ClientOptions {
  baseURL: string;
  storage: KeyValueStore;
  /** Web Locks, where the browser has them. */
  locks: LockManager | undefined;
}

/** An access token that the server no longer takes, though the session behind it may go on. */
const STALE: readonly ErrorCode[] = ['TOKEN_EXPIRED', 'TOKEN_INVALID'];

function isStale(error: unknown): boolean {
  return error instanceof AppError && STALE.includes(error.code);
}

/** One route of the contract, in the name of whoever is signed in: for a feature whose calls nobody else needs. */
export type Call = <K extends RouteKey>(route: K, options?: CallOptions) => Promise<RouteOutput<K>>;

/** The session and the calls that share it: one per page, and one per test. */
export function createClient({ baseURL, storage, locks }: ClientOptions): {
  api: Api;
  call: Call;
  session: SessionStore;
} {
  const send = createSend(baseURL);
  const session = new SessionStore(storage);
  const exclusively = createExclusively(locks);

  const refresh = createRefresh(exchange, exclusively, storage);
  let restoring: Promise<unknown> | undefined;

  async function exchange(idempotencyKey: string): Promise<SessionResponse> {
    try {
      const answer = await send('POST /auth/refresh', { headers: { 'Idempotency-Key': idempotencyKey } });
      session.open(answer);
      return answer;
    } catch (error) {
      if (error instanceof AppError && error.status === 401) session.close();
      throw error;
    }
  }

  function refreshSession(): Promise<SessionResponse> {
    const answer = refresh();
    restoring = answer.catch(() => undefined);
    return answer;
  }

  /** Calls in the name of whoever is signed in; a stale token is renewed and the call repeated once. */
  async function call<K extends RouteKey>(route: K, options: CallOptions = {}): Promise<RouteOutput<K>> {
    await restoring;
    const { accessToken } = session;
    try {
      return await send(route, { ...options, accessToken });
    } catch (error) {
      if (!accessToken || !isStale(error)) throw error;
      // Another call may have renewed the token while this one was on its way.
      if (session.accessToken === accessToken) await refreshSession();
      return send(route, { ...options, accessToken: session.accessToken });
    }
  }

  function signIn(
    route: 'POST /auth/register' | 'POST /auth/login',
    body: unknown,
  ): Promise<SessionResponse> {
    return exclusively(async () => {
      const answer = await send(route, { body });
      session.open(answer);
      return answer;
    });
  }

  const api: Api = {
    register: (body) => signIn('POST /auth/register', body),
    login: (body) => signIn('POST /auth/login', body),
    refresh: refreshSession,
    logout: () =>
      exclusively(async () => {
        await send('POST /auth/logout');
        session.close();
      }),
    async logoutAll() {
      await call('POST /auth/logout-all');
      session.close();
    },
    getMe: () => call('GET /me'),
    async updateMe(body) {
      const user = await call('PATCH /me', { body });
      session.update(user);
      return user;
    },
    async deleteMe(body) {
      await call('DELETE /me', { body });
      session.close();
    },
    createRoom: (body) => call('POST /rooms', { body }),
    listRooms: async () => (await call('GET /rooms')).rooms,
    getRoom: (code) => call('GET /rooms/:code', { params: { code } }),
    updateRoom: (code, body) => call('PATCH /rooms/:code', { params: { code }, body }),
    deleteRoom: (code) => call('DELETE /rooms/:code', { params: { code } }),
    joinRoom: (code, body) => call('POST /rooms/:code/join', { params: { code }, body }),
  };
  return { api, call, session };
}

export const { api, call, session } = createClient({
  baseURL: API_PREFIX,
  storage: browserStore(),
  locks: globalThis.navigator?.locks,
});
