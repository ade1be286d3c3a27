/** Has another Node process collect its garbage, so that what it holds can be told from what it has not got round to yet. */
import { once } from 'node:events';
import { until } from '../../browser/wait.ts';

/** Where Node's inspector listens that SIGUSR1 opens. */
const INSPECTOR = 'http://127.0.0.1:9229/json';

export class Collector {
  readonly #socket: WebSocket;
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** @param pid of a Node process on this machine whose inspector is not in use; one process at a time */
  static async open(pid: number): Promise<Collector> {
    process.kill(pid, 'SIGUSR1');
    const url = await until('the inspector', async () => {
      const [target] = (await (await fetch(INSPECTOR)).json()) as { webSocketDebuggerUrl: string }[];
      return target?.webSocketDebuggerUrl;
    });
    const socket = new WebSocket(url);
    await once(socket, 'open');
    const collector = new Collector(socket);
    await collector.#ask('HeapProfiler.enable');
    return collector;
  }

  async collect(): Promise<void> {
    await this.#ask('HeapProfiler.collectGarbage');
    // What finalizers let go of in the first is only free after another.
    await this.#ask('HeapProfiler.collectGarbage');
  }

  /** JavaScript heap in use, bytes. */
  async heapBytes(): Promise<number> {
    return (await this.#ask<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize;
  }

  close(): void {
    this.#socket.close();
  }

  async #ask<T>(method: string): Promise<T> {
    const id = (this.#asked += 1);
    const answered = Promise.withResolvers<T>();
    const listen = ({ data }: MessageEvent) => {
      const answer = JSON.parse(String(data)) as { id?: number; result?: T; error?: { message: string } };
      if (answer.id !== id) return;
      this.#socket.removeEventListener('message', listen);
      if (answer.error) answered.reject(new Error(`${method}: ${answer.error.message}`));
      else answered.resolve(answer.result as T);
    };
    this.#socket.addEventListener('message', listen);
    this.#socket.send(JSON.stringify({ id, method, params: {} }));
    return answered.promise;
  }
}
