/** A session of Janus over its WebSocket API, as far as VideoRoom needs it. */

export interface Jsep {
  type: 'offer' | 'answer';
  sdp: string;
}

export interface Reply {
  /** What the plugin said. */
  data: Record<string, unknown>;
  jsep?: Jsep;
}

interface Message {
  janus: string;
  transaction?: string;
  sender?: number;
  data?: { id: number };
  error?: { code: number; reason: string };
  plugindata?: { data: Record<string, unknown> };
  jsep?: Jsep;
}

interface Waiting {
  resolve(message: Message): void;
  reject(error: Error): void;
}

export class JanusSession {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, Waiting>();
  readonly #handles = new Map<number, JanusHandle>();
  #id: number | undefined;
  #sent = 0;

  /** @throws when nobody listens at `url` */
  static async open(url: string): Promise<JanusSession> {
    const socket = new WebSocket(url, 'janus-protocol');
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error(`Janus does not answer at ${url}`)), {
        once: true,
      });
    });
    const session = new JanusSession(socket);
    session.#id = idOf(await session.send({ janus: 'create' }));
    return session;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#onMessage(JSON.parse(String(data)) as Message));
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Janus has hung up'));
      this.#waiting.clear();
    });
  }

  /** A handle is one peer connection with the plugin. */
  async attach(): Promise<JanusHandle> {
    const id = idOf(await this.send({ janus: 'attach', plugin: 'janus.plugin.videoroom' }));
    const handle = new JanusHandle(this, id);
    this.#handles.set(id, handle);
    return handle;
  }

  /** @throws what Janus refused with */
  send(message: object): Promise<Message> {
    const transaction = `t${(this.#sent += 1)}`;
    return new Promise((resolve, reject) => {
      this.#waiting.set(transaction, { resolve, reject });
      this.#socket.send(JSON.stringify({ ...message, transaction, session_id: this.#id }));
    });
  }

  close(): void {
    this.#socket.close();
  }

  #onMessage(message: Message): void {
    // What takes longer is acknowledged first, and answered later under the same transaction.
    if (message.janus === 'ack') return;
    const waiting = message.transaction === undefined ? undefined : this.#waiting.get(message.transaction);
    if (message.transaction === undefined || !waiting) {
      if (message.janus === 'webrtcup') this.#handles.get(message.sender ?? 0)?.markUp();
      return;
    }
    this.#waiting.delete(message.transaction);
    const { error } = message;
    if (error) waiting.reject(new Error(`Janus: ${error.code} ${error.reason}`));
    else waiting.resolve(message);
  }
}

export class JanusHandle {
  readonly #session: JanusSession;
  readonly #id: number;
  /** Resolves when ICE and DTLS are up, as Janus sees it. Before that nobody can subscribe to this publisher. */
  readonly up: Promise<void>;
  /** Janus said so. */
  readonly markUp: () => void;

  constructor(session: JanusSession, id: number) {
    this.#session = session;
    this.#id = id;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.up = promise;
    this.markUp = resolve;
  }

  /** @throws what the plugin refused with */
  async ask(body: object, jsep?: Jsep): Promise<Reply> {
    const message = await this.#session.send({ janus: 'message', handle_id: this.#id, body, jsep });
    const data = message.plugindata?.data ?? {};
    if (data['error'] !== undefined) {
      throw new Error(`Janus VideoRoom: ${String(data['error_code'])} ${String(data['error'])}`);
    }
    return { data, jsep: message.jsep };
  }
}

function idOf({ data }: Message): number {
  if (!data) throw new Error('Janus answered without an id');
  return data.id;
}
