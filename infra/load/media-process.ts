/** A process of its own for media: answers what processes.ts asks until the channel closes, and then ends. */
import type { ToMedia, FromMedia } from './processes.ts';
import { MediaHost } from './media-host.ts';

const host = new MediaHost(`process ${process.pid}`);
const tell = (message: FromMedia) => process.send?.(message);

host.onFirstFrame = (...frame) => tell({ frame });
host.onStalled = (...stalled) => tell({ stalled });

process.on('message', (message) => {
  const { id, method, input } = message as ToMedia;
  host.call(method, input).then(
    (output) => tell({ id, output }),
    (error: unknown) => tell({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});
// Ctrl-C of a terminal reaches the whole group; we end when the process that asked for us has read its figures.
process.on('SIGINT', () => undefined);
process.once('disconnect', () => process.exit());
