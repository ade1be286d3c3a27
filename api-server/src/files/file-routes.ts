import { pipeline } from 'node:stream/promises';
import { AppError, LIMITS, SHOWN_IMAGE_TYPES } from '@vcallpe/shared';
import type { Response } from 'express';
import type { Handlers } from '../http/router.ts';
import { allowSlowBody } from '../http/slow-bodies.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { FileService, OpenedFile } from './file-service.ts';

type FileRoute = 'POST /rooms/:code/files' | 'GET /rooms/:code/files/:fileId';

const SHOWN: ReadonlySet<string> = new Set(SHOWN_IMAGE_TYPES);

/** An upload or a download of which nothing moves for so long has broken off, ms. */
const STALLED_MS = 20_000;

export function fileRoutes(files: FileService, limits: Pick<RateLimits, 'upload'>): Handlers<FileRoute> {
  return {
    'POST /rooms/:code/files': async ({ caller, params, query, req, res }) => {
      await limits.upload.take(caller.participantId);
      if (Number(req.get('content-length')) > LIMITS.fileBytes) {
        throw hangingUp(res, new AppError('PAYLOAD_TOO_LARGE', 'This file is too large'));
      }
      allowSlowBody(req);
      const { socket } = req;
      const hangUp = () => socket.destroy();
      socket.setTimeout(STALLED_MS, hangUp);
      try {
        return await files.store(caller, params.code, query, req);
      } catch (error) {
        if (req.readableAborted) throw new AppError('VALIDATION_FAILED', 'The file broke off on its way');
        throw hangingUp(res, error);
      } finally {
        socket.setTimeout(0).off('timeout', hangUp);
      }
    },

    'GET /rooms/:code/files/:fileId': async ({ caller, params, res }) => {
      const file = await files.open(caller, params.code, params.fileId);
      describe(file, res);
      res.setTimeout(STALLED_MS, () => res.socket?.destroy());
      await pipeline(file.content, res).catch((error: unknown) => {
        // Who asked has hung up: nobody is left to tell.
        if (!res.closed) throw error;
      });
      res.req.socket?.setTimeout(0);
    },
  };
}

/** What is left of a body that is not wanted is not waited for. */
function hangingUp(res: Response, error: unknown): unknown {
  res.set('Connection', 'close');
  return error;
}

/** Whatever it is, a browser that opens its address runs nothing of it. */
function describe({ name, type, bytes }: OpenedFile, res: Response): void {
  const shown = SHOWN.has(type);
  res.attachment(name);
  const disposition = res.get('Content-Disposition') ?? 'attachment';
  res.set({
    'Content-Type': shown ? type : 'application/octet-stream',
    'Content-Length': String(bytes),
    'Content-Disposition': shown ? disposition.replace(/^attachment/, 'inline') : disposition,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
}
