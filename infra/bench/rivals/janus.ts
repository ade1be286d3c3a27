/** Runs Janus as the rival: Debian's package, configured to be at its best and to stay on loopback. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hopeless, until } from '../../browser/wait.ts';
import { freePort } from '../../e2e/free-ports.ts';
import { Program } from '../program.ts';
import { readSettings } from '../../setup/settings.ts';
import { writeJanusConfig } from './janus-config.ts';
import { JanusSession } from './janus-session.ts';
import { JANUS_BIN, prepareJanus } from './janus-setup.ts';
import type { Rival } from './sfu.ts';

const ROOM = 1;

export const JANUS: Rival = {
  name: 'Janus',
  async start(senders) {
    const folder = await mkdtemp(join(tmpdir(), 'vcallpe-janus-'));
    let janus: Program | undefined;
    const stop = async () => {
      await janus?.stop();
      await rm(folder, { recursive: true, force: true });
    };
    try {
      const { modules, preload } = await prepareJanus(readSettings(process.env), folder);
      const port = await freePort();
      await writeJanusConfig(folder, { modules, port });
      const program = new Program('Janus', JANUS_BIN, ['-F', folder, '-C', join(folder, 'janus.jcfg')], {
        env: { ...process.env, LD_PRELOAD: preload },
      });
      janus = program;
      const url = `ws://127.0.0.1:${port}`;
      await createRoom(url, program, senders);
      return { entry: { sfu: 'janus', url, room: ROOM }, pids: [program.pid], stop };
    } catch (error) {
      await stop();
      throw error;
    }
  },
};

async function createRoom(url: string, janus: Program, publishers: number): Promise<void> {
  const session = await until('Janus to listen', () => {
    if (janus.ended) throw new Hopeless(janus.failure('ended at its start').message);
    return JanusSession.open(url);
  });
  const handle = await session.attach();
  await handle.ask({
    request: 'create',
    room: ROOM,
    publishers,
    // As fast as they send, no keyframes but those asked for, and only what all rivals do.
    bitrate: 0,
    fir_freq: 0,
    audiocodec: 'opus',
    videocodec: 'vp8',
    notify_joining: false,
    transport_wide_cc_ext: false,
    playoutdelay_ext: false,
  });
  session.close();
}
