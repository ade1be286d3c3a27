/** The configuration of Janus, all that differs from Debian's, for media and control on loopback alone. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** UDP ports of media; below those that the kernel hands out to clients. */
const RTP_PORTS = '20000-32000';

/** Loaded otherwise, and of no use here. */
const PLUGINS_OFF = [
  ...['audiobridge', 'duktape', 'echotest', 'lua', 'nosip', 'recordplay', 'sip'],
  ...['streaming', 'textroom', 'videocall', 'voicemail'],
];
const TRANSPORTS_OFF = ['http', 'mqtt', 'nanomsg', 'pfunix', 'rabbitmq'];
const EVENTS_OFF = ['gelfevh', 'mqttevh', 'nanomsgevh', 'rabbitmqevh', 'sampleevh', 'wsevh'];
const LOGGERS_OFF = ['jsonlog'];

export interface JanusConfig {
  /** Folder with Debian's plugins/, transports/ and so on. */
  modules: string;
  /** TCP port of the WebSocket API. */
  port: number;
}

/**
 * Writes the files to `folder`. `event_loops=1` has all media on one thread, which costs half the CPU of Debian's
 * default, a thread for each participant: the rival is at its best.
 */
export async function writeJanusConfig(folder: string, { modules, port }: JanusConfig): Promise<void> {
  const files = {
    'janus.jcfg': `
general: {
  configs_folder = "${folder}"
  plugins_folder = "${modules}/plugins"
  transports_folder = "${modules}/transports"
  events_folder = "${modules}/events"
  loggers_folder = "${modules}/loggers"
  debug_level = 3
  session_timeout = 0
  event_loops = 1
}
media: { rtp_port_range = "${RTP_PORTS}" }
nat: { ice_lite = true, ice_enforce_list = "127.0.0.1", full_trickle = false }
plugins: { disable = "${libraries(PLUGINS_OFF)}" }
transports: { disable = "${libraries(TRANSPORTS_OFF)}" }
loggers: { disable = "${libraries(LOGGERS_OFF)}" }
events: { broadcast = false, disable = "${libraries(EVENTS_OFF)}" }
`,
    'janus.plugin.videoroom.jcfg': 'general: { }\n',
    'janus.transport.websockets.jcfg': `
general: { json = "compact", ws = true, ws_port = ${port}, ws_ip = "127.0.0.1", wss = false }
admin: { admin_ws = false, admin_wss = false }
`,
  };
  await mkdir(folder, { recursive: true });
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text.trimStart())),
  );
}

function libraries(names: readonly string[]): string {
  return names.map((name) => `libjanus_${name}.so`).join(',');
}
