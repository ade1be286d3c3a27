/** Answers what is not even HTTP, or too slow, or with headers too large: the app never sees such a request. */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { ErrorResponse } from '@vcallpe/shared';

export function answerUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body: ErrorResponse = {
    error: {
      code: 'VALIDATION_FAILED',
      message: 'This could not be read as an HTTP request',
      requestId: randomUUID(),
    },
  };
  const text = JSON.stringify(body);
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
