/** A short visit to a room, as a client: the media server's transports are what is wanted of it. */
import { AppError, PROTOCOL_VERSION, type JoinGrant, type TransportOptions } from '@vcallpe/shared';
import { z } from 'zod';
import { Signaling } from '../../../client/src/conference/signaling.ts';
import { wrong, type Finding } from '../finding.ts';

const CHECK = 'Joining';
const Versions = z.object({ server: z.number() });

export interface Visit {
  transport: TransportOptions;
  leave(): Promise<void>;
}

/** @throws {AppError} what the media server refused */
export async function visit({ sfuUrl, roomToken }: JoinGrant): Promise<Visit> {
  const signaling = await Signaling.connect(sfuUrl, roomToken);
  try {
    const { recvTransport } = await signaling.request('join', {});
    return {
      transport: recvTransport,
      async leave() {
        await signaling.request('leave', {}).catch(() => undefined);
        signaling.close();
      },
    };
  } catch (error) {
    signaling.close();
    throw error;
  }
}

/** The protocol version of the media server, as a refusal tells it. */
export function serverVersionOf(error: unknown): number | undefined {
  if (!(error instanceof AppError) || error.code !== 'PROTOCOL_VERSION') return undefined;
  return Versions.safeParse(error.details).data?.server;
}

/** What it means that the media server did not let us in. */
export function judgeRefusal(error: unknown): Finding {
  if (!(error instanceof AppError)) throw error;
  const { code, message } = error;
  if (code === 'PROTOCOL_VERSION') {
    const server = serverVersionOf(error);
    return wrong(
      CHECK,
      `The media server speaks protocol ${server ?? 'another'}, and this doctor ${PROTOCOL_VERSION}.`,
      'Run the doctor from a checkout of the version that is deployed.',
    );
  }
  if (code === 'TOKEN_INVALID') {
    return wrong(
      CHECK,
      'The media server does not accept the tokens that the API makes.',
      'Give both the same ROOM_TOKEN_SECRET.',
    );
  }
  if (code === 'TOKEN_EXPIRED') {
    return wrong(
      CHECK,
      'To the media server, the token that the API has just made is expired.',
      'Set the clocks of both machines (NTP).',
    );
  }
  return wrong(CHECK, `The media server does not let one in: ${message}.`, 'Look into its log (sfu-server).');
}
