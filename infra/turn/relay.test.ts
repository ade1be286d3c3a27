/** TURN=local as `npm start` runs it: a real turnserver, with credentials as the API makes them, on loopback. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { iceServersFor } from '../../api-server/src/turn/ice-servers.ts';
import { mintCredential } from '../../api-server/src/turn/credentials.ts';
import { loadConfig } from '@vcallpe/api-server';
import { openLink, STUN_FRAMING, type Link } from '../doctor/link.ts';
import { tryTurn } from '../doctor/turn-client.ts';
import {
  ATTRIBUTE,
  CLASS,
  encodeTurn,
  errorOf,
  longTermKey,
  METHOD,
  parseTurn,
  type Attribute,
} from '../doctor/turn-message.ts';
import { readIceServers, type TurnServer } from '../doctor/turn-url.ts';
import { freePorts } from '../e2e/free-ports.ts';
import { bindingSuccess, parseStun } from '../load/media/stun.ts';
import { turnService } from '../setup/product.ts';
import { prepareSecrets } from '../setup/secrets.ts';
import { readSettings } from '../setup/settings.ts';
import { Supervisor } from '../setup/supervisor.ts';
import { testFolder } from '../setup/test-folder.ts';
import { isRunning, until } from '../setup/test-processes.ts';
import { prepareTls } from '../setup/tls.ts';
import { prepareTurn, type LocalTurn } from '../setup/turn.ts';
import { USER_QUOTA } from './turnserver-conf.ts';

const folder = testFolder();
const ICE = { usernameFragment: 'sfu', password: 'the ICE password of the media server', iceLite: true };
const CARRIERS = ['udp', 'tcp', 'tls'] as const;

const log: string[] = [];
const supervisor = new Supervisor((name, line) => log.push(`${name}: ${line}`));
let sfu: Socket;
let turn: LocalTurn;
let secret: string;
let servers: TurnServer[];

beforeAll(async () => {
  const [port, tlsPort] = await freePorts(2);
  const settings = readSettings({
    PATH: process.env['PATH'],
    DATA_DIR: folder,
    MEDIA_LISTEN: '127.0.0.1',
    TURN: 'local',
    TURN_PORT: String(port),
    TURN_TLS_PORT: String(tlsPort),
  });
  const { turnSecret = '' } = await prepareSecrets(settings);
  secret = turnSecret;
  const tls = await prepareTls(settings);
  setDefaultCACertificates([...getCACertificates(), readFileSync(tls.cert, 'utf8')]);
  turn = (await prepareTurn(settings, secret, tls)) as LocalTurn;
  await supervisor.start(turnService(settings, turn));
  servers = readIceServers(iceServersFor(apiConfig(), 'u:mia')).turn;
  sfu = await mediaServer();
}, 60_000);

afterAll(async () => {
  sfu?.close();
  await supervisor.stop();
}, 60_000);

function apiConfig() {
  return loadConfig({
    MONGODB_URI: 'mongodb://127.0.0.1/none',
    ACCESS_TOKEN_SECRET: 'a'.repeat(32),
    ROOM_TOKEN_SECRET: 'r'.repeat(32),
    TURN_SERVERS: turn.servers,
  });
}

/** Answers connectivity checks, as the SFU does. */
async function mediaServer(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (packet, { address, port }) => {
    const request = parseStun(packet);
    if (request?.kind !== 'request' || !request.signedWith(ICE.password)) return;
    socket.send(bindingSuccess(request, ICE.password, address, port), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

function serverOver(carrier: TurnServer['carrier']): TurnServer {
  const server = servers.find((candidate) => candidate.carrier === carrier);
  if (!server) throw new Error(`The grant names no TURN over ${carrier}`);
  return server;
}

/** Takes an allocation, which lasts until the connection is closed. `code` is that of a refusal. */
async function allocate(server: TurnServer): Promise<{ link: Link; code: number | undefined }> {
  const link = await openLink(server.carrier, server.host, server.port, STUN_FRAMING);
  const ask = (signature: Attribute[], key?: Buffer) => {
    const attributes: Attribute[] = [
      [ATTRIBUTE.requestedTransport, Buffer.from([17, 0, 0, 0])],
      ...signature,
    ];
    return link.ask(encodeTurn(METHOD.allocate + CLASS.request, attributes, { key }), parseTurn);
  };
  const { attributes } = await ask([]);
  const [realm = '', nonce = ''] = [ATTRIBUTE.realm, ATTRIBUTE.nonce].map((type) => attributes.get(type));
  const answer = await ask(
    [
      [ATTRIBUTE.username, server.username],
      [ATTRIBUTE.realm, realm],
      [ATTRIBUTE.nonce, nonce],
    ],
    longTermKey(server.username, realm.toString(), server.credential),
  );
  return { link, code: errorOf(answer)?.code };
}

const pidOf = () => Number(readFileSync(join(dirname(turn.configFile), 'turnserver.pid'), 'utf8'));

describe.each(CARRIERS)('over %s', (carrier) => {
  it('credentials of a grant reach the media server', async () => {
    const peer = { address: '127.0.0.1', port: sfu.address().port };
    const outcome = await tryTurn(serverOver(carrier), [peer], ICE);
    expect(outcome).toMatchObject({
      kind: 'works',
      peer,
      relay: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    });
  });

  it('expired, forged and altered credentials do not', async () => {
    const expired = mintCredential(secret, 'u:mia', -1);
    const forged = mintCredential('x'.repeat(48), 'u:mia', 600);
    const prolonged = { ...expired, username: mintCredential(secret, 'u:mia', 600).username };
    const nobody = { username: '', credential: '' };
    for (const credential of [expired, forged, prolonged, nobody]) {
      const outcome = await tryTurn({ ...serverOver(carrier), ...credential }, [], ICE);
      expect(outcome).toEqual({ kind: 'unauthorized' });
    }
  });

  it.each([
    ['10.0.0.1', '10.0.0.0-10.255.255.255'],
    ['127.0.0.2', '127.0.0.0-127.255.255.255'],
    ['169.254.169.254', '169.254.0.0-169.254.255.255'],
    ['172.20.0.1', '172.16.0.0-172.31.255.255'],
    ['192.168.0.1', '192.168.0.0-192.168.255.255'],
    ['100.64.0.1', '100.64.0.0-100.127.255.255'],
    ['192.0.2.1', '192.0.2.0-192.0.2.255'],
    ['1.1.1.1', '0.0.0.0-255.255.255.255'],
  ])('nobody reaches %s, which is in %s', async (address, range) => {
    const peers = [{ address, port: 9 }];
    expect(await tryTurn(serverOver(carrier), peers, ICE)).toEqual({ kind: 'denied', peers });
    await until('its reason in the log', () =>
      log.some((line) => line.endsWith(`A peer IP ${address} denied in the range: ${range}`)),
    );
  });
});

describe('the relay', () => {
  it('keeps its secret from everybody: in a file of its owner, and out of the log', () => {
    expect(statSync(turn.configFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(turn.configFile, 'utf8')).toContain(secret);
    expect(log.join('\n')).not.toContain(secret);
  });

  it('understood its whole configuration, and warns of loopback, which only a media server there opens', () => {
    expect(log.filter((line) => /configuration|wrong|cannot (?!find cred)|warning/i.test(line))).toEqual([
      expect.stringContaining('allow_loopback_peers'),
    ]);
  });

  it('gives a participant no more than its quota, by however many grants, and the next one his own', async () => {
    const as = (participantId: string, ttl: number): TurnServer => ({
      ...serverOver('tcp'),
      ...mintCredential(secret, participantId, ttl),
    });
    const taken = [];
    for (let i = 0; i <= USER_QUOTA; i += 1) taken.push(await allocate(as('u:ben', 600 + i)));
    const another = await allocate(as('u:eva', 600));
    for (const { link } of [...taken, another]) link.close();
    const codes = taken.map(({ code }) => code);
    expect(codes.slice(0, -1)).toEqual(Array(USER_QUOTA).fill(undefined));
    expect(codes.at(-1)).toBe(486);
    expect(another.code).toBeUndefined();
  });

  it('is started again when it dies', async () => {
    const pid = pidOf();
    process.kill(pid, 'SIGKILL');
    await until('its successor', () => log.some((line) => line.includes('turnserver is ready again')));
    expect(pidOf()).not.toBe(pid);
    expect(await tryTurn(serverOver('udp'), [], ICE)).toMatchObject({ kind: 'relays' });
  });

  it('ends with the supervisor', async () => {
    const pid = pidOf();
    await supervisor.stop();
    expect(isRunning(pid)).toBe(false);
  });
});
