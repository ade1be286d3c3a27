/**
 * The floor of the engine: one mediasoup worker with one router and no code of VCallPe, as a process of its own. It is
 * driven by JSON over HTTP on loopback: POST /<method> with the input. It also serves the folder PAGES, if there is one, so
 * that a page of the same origin can be its client. When it is ready it says `{ url, workerPid }` on its channel.
 */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { createWorker, type types } from 'mediasoup';
import type { DtlsParameters, RtpCapabilities, RtpParameters } from '@vcallpe/shared';

const LOOPBACK = '127.0.0.1';
/** As VCallPe's workers have them. */
const SOCKET_BUFFER_BYTES = 4_000_000;
const INITIAL_OUTGOING_BITRATE = 1_000_000;

const CONTENT_TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

const worker = await createWorker({ logLevel: 'warn' });
worker.once('died', () => process.exit(1));
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({
    protocol,
    ip: LOOPBACK,
    sendBufferSize: SOCKET_BUFFER_BYTES,
    recvBufferSize: SOCKET_BUFFER_BYTES,
  })),
});
const router = await worker.createRouter({
  mediaCodecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  ],
});
const transports = new Map<string, types.WebRtcTransport>();
const producers = new Map<string, types.Producer>();
const consumers = new Map<string, types.Consumer>();

function known<T>(map: Map<string, T>, id: string): T {
  const found = map.get(id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
}

/** What a client may ask, in the types of the load client and of browsers; see bare-requests.ts. */
const methods = {
  capabilities: () => router.rtpCapabilities as RtpCapabilities,

  producers: () => [...producers.keys()],

  async createTransport() {
    const transport = await router.createWebRtcTransport({
      webRtcServer,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
    });
    transports.set(transport.id, transport);
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    return { id, iceParameters, iceCandidates, dtlsParameters };
  },

  connectTransport: (input: { transportId: string; dtlsParameters: DtlsParameters }) =>
    known(transports, input.transportId).connect({ dtlsParameters: input.dtlsParameters }),

  async produce(input: { transportId: string; kind: types.MediaKind; rtpParameters: RtpParameters }) {
    const producer = await known(transports, input.transportId).produce({
      kind: input.kind,
      rtpParameters: input.rtpParameters as types.RtpParameters,
    });
    producers.set(producer.id, producer);
    producer.observer.once('close', () => producers.delete(producer.id));
    return { producerId: producer.id };
  },

  async consume(input: { transportId: string; producerId: string; rtpCapabilities: RtpCapabilities }) {
    const { transportId, producerId, rtpCapabilities } = input;
    const consumer = await known(transports, transportId).consume({
      producerId,
      rtpCapabilities: rtpCapabilities as types.RtpCapabilities,
      paused: true,
    });
    consumers.set(consumer.id, consumer);
    return {
      consumerId: consumer.id,
      producerId,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters as RtpParameters,
    };
  },

  resume: (input: { consumerId: string }) => known(consumers, input.consumerId).resume(),
};
export type BareMethods = typeof methods;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', `http://${LOOPBACK}`).pathname;
  if (request.method === 'GET') return sendFile(path === '/' ? '/index.html' : path, response);
  const name = path.slice(1);
  if (!Object.hasOwn(methods, name)) throw new Error(`There is no method ${name}`);
  const method = methods[name as keyof BareMethods] as (input: unknown) => unknown;
  const output = await method(await json(request));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(output ?? null));
}

function sendFile(path: string, response: ServerResponse): void {
  const { PAGES } = process.env;
  if (PAGES === undefined) throw new Error('There are no pages');
  response.setHeader('content-type', CONTENT_TYPES[extname(path)] ?? 'application/octet-stream');
  // The path of a URL is absolute and has no `..` left.
  createReadStream(join(PAGES, path))
    .once('error', () => response.writeHead(404).end())
    .pipe(response);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response.writeHead(500).end(error instanceof Error ? error.message : String(error));
  });
});
server.listen(0, LOOPBACK, () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://${LOOPBACK}:${port}`, workerPid: worker.pid });
});
process.once('disconnect', () => process.exit());
