/** Whether media finds its way: the addresses that the media server announces, and what answers there over UDP and TCP. */
import type { CandidateAnswer, IceCandidate } from '../ice-check.ts';
import { good, wrong, type Finding } from '../finding.ts';
import { farthest, reachesAsFar, WHO, type Host } from '../reach.ts';

const ADDRESSES = 'Announced addresses';
const SET_ADDRESS =
  'Set MEDIA_ANNOUNCED_ADDRESS to the address under which clients reach the media server, or MEDIA_LISTEN to address=announced.';

/**
 * @param announced the hosts of the candidates, resolved
 * @param page the host of the page that people open, resolved
 */
export function judgeAnnounced(announced: readonly Host[], page: Host): Finding {
  const names = announced.map(({ name }) => name).join(', ');
  const unknown = announced.filter(({ addresses }) => addresses.length === 0);
  if (unknown.length > 0) {
    const which = unknown.map(({ name }) => name).join(', ');
    return wrong(ADDRESSES, `Media is to be sent to ${which}, and there is no such name.`, SET_ADDRESS);
  }
  const [there, asked] = [farthest(announced), farthest([page])];
  if (there === undefined) {
    return wrong(ADDRESSES, 'The media server announces no address at all.', SET_ADDRESS);
  }
  if (asked !== undefined && !reachesAsFar(there, asked)) {
    return wrong(
      ADDRESSES,
      `People open ${page.name}, which ${WHO[asked]} can reach, and are told to send media to ${names}, which ${WHO[there]} can.`,
      SET_ADDRESS,
    );
  }
  return good(ADDRESSES, `Media is to be sent to ${names}.`);
}

/** Candidates that somebody who opens the page could use: a loopback address means another machine to each of them. */
export function usable(
  candidates: readonly IceCandidate[],
  hosts: readonly Host[],
  page: Host,
): IceCandidate[] {
  const asked = farthest([page]) ?? 'machine';
  const far = candidates.filter(({ address }) => {
    const host = hosts.find(({ name }) => name === address);
    const reach = host && farthest([host]);
    return reach !== undefined && reachesAsFar(reach, asked);
  });
  // When none is, that has been said, and what is there is asked all the same.
  return far.length > 0 ? far : [...candidates];
}

/** One finding for each protocol. */
export function judgePorts(answers: readonly CandidateAnswer[]): Finding[] {
  return (['udp', 'tcp'] as const).map((protocol) => {
    const other = answers.some((answer) => answer.protocol !== protocol && answer.ms !== undefined);
    return judgeProtocol(
      protocol,
      answers.filter((answer) => answer.protocol === protocol),
      other,
    );
  });
}

function judgeProtocol(
  protocol: 'udp' | 'tcp',
  answers: readonly CandidateAnswer[],
  otherAnswers: boolean,
): Finding {
  const name = protocol.toUpperCase();
  const check = `Media over ${name}`;
  const answered = answers.filter(({ ms }) => ms !== undefined);
  if (answered.length > 0) {
    const where = answered.map((each) => `${at(each)} in ${Math.ceil(each.ms ?? 0)} ms`).join(', ');
    return good(check, `The media server answers at ${where}.`);
  }
  if (answers.length === 0) {
    return wrong(
      check,
      `The media server offers no ${name}.`,
      'Update it: it listens for UDP and TCP by itself.',
    );
  }
  const where = answers.map(at).join(', ');
  const ports = [...new Set(answers.map(({ port }) => port))].join(', ');
  const how = answers.some(({ reason }) => reason === 'refused') ? 'Nobody listens' : 'Nothing answers';
  const open = `Open ${name} port ${ports} to this machine, in its firewall and in the cloud's (worker i has RTC_PORT + i)`;
  return otherAnswers
    ? wrong(check, `${how} over ${name} at ${where}, though the other protocol gets there.`, `${open}.`)
    : wrong(
        check,
        `${how} over ${name} at ${where}, nor over the other protocol: the announced address is wrong, or its ports are closed.`,
        `Is it the media server's own address? If not: ${SET_ADDRESS} If it is: ${open}.`,
      );
}

const at = ({ address, port }: CandidateAnswer) =>
  `${address.includes(':') ? `[${address}]` : address} port ${port}`;
