/** Asks an ICE candidate of the media server whether it is there, as a browser does before it sends media (RFC 8445). */
import { randomBytes } from 'node:crypto';
import type { TransportOptions } from '@vcallpe/shared';
import { bindingRequest, newTransactionId, parseStun } from '../load/media/stun.ts';
import { LENGTH_FRAMING, NoAnswer, openLink, type NoAnswerReason } from './link.ts';

export type IceCandidate = TransportOptions['iceCandidates'][number];
type IceParameters = TransportOptions['iceParameters'];

export interface IceQuestion {
  packet: Buffer;
  /** True for the answer to this question by somebody who knows the password; undefined for anything else. */
  isAnswer: (packet: Buffer) => true | undefined;
}

/** A connectivity check that nominates nothing, so that it leaves no path selected. */
export function iceQuestion({ usernameFragment, password }: IceParameters): IceQuestion {
  const transactionId = newTransactionId();
  const packet = bindingRequest({
    username: `${usernameFragment}:${randomBytes(4).toString('hex')}`,
    password,
    tieBreaker: randomBytes(8),
    transactionId,
    nominate: false,
  });
  return {
    packet,
    isAnswer(answer) {
      const message = parseStun(answer);
      const ours = message?.kind === 'success' && message.transactionId.equals(transactionId);
      return ours && message.signedWith(password) ? true : undefined;
    },
  };
}

export interface CandidateAnswer {
  address: string;
  port: number;
  protocol: 'udp' | 'tcp';
  /** How long the answer took, ms; undefined when there was none, for `reason`. */
  ms?: number;
  reason?: NoAnswerReason;
}

/** Never throws: a candidate that does not answer is a result. */
export async function askCandidate(
  { address, port, protocol }: IceCandidate,
  parameters: IceParameters,
): Promise<CandidateAnswer> {
  try {
    const link = await openLink(protocol, address, port, LENGTH_FRAMING);
    try {
      const { packet, isAnswer } = iceQuestion(parameters);
      const startMs = performance.now();
      await link.ask(packet, isAnswer);
      return { address, port, protocol, ms: performance.now() - startMs };
    } finally {
      link.close();
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { address, port, protocol, reason: error.reason };
  }
}
