/** Janus speaks SDP, the load client RTP parameters: this is the one and the other way between them. */
import type { DtlsParameters, IceParameters, RtpParameters } from '@vcallpe/shared';
import type { RemoteTransport } from '../../load/media/rtp-transport.ts';

export interface SdpMedia {
  kind: 'audio' | 'video';
  rtpParameters: RtpParameters;
}

/** Our half, as Janus has to be told of it. */
export interface LocalDescription {
  iceParameters: IceParameters;
  dtlsParameters: DtlsParameters;
  /** `actpass` in an offer, `active` in an answer. */
  setup: 'actpass' | 'active';
  direction: 'sendonly' | 'recvonly';
  media: readonly SdpMedia[];
}

export interface RemoteDescription {
  transport: RemoteTransport;
  media: SdpMedia[];
}

/** RTX and the extensions of transport-wide congestion control are left out: here feedback is REMB, for every SFU. */
const isOffered = {
  codec: ({ mimeType }: { mimeType: string }) => !mimeType.toLowerCase().endsWith('/rtx'),
  extension: ({ uri }: { uri: string }) => !uri.includes('transport-wide-cc'),
  feedback: ({ type }: { type: string }) => type !== 'transport-cc',
};

export function writeSdp({
  iceParameters,
  dtlsParameters,
  setup,
  direction,
  media,
}: LocalDescription): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  if (!fingerprint) throw new Error('There is no sha-256 fingerprint');
  const transport = [
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint.value}`,
    `a=setup:${setup}`,
    'a=rtcp-mux',
  ];
  const sections = media.map(({ kind, rtpParameters }, index) => ({
    mid: rtpParameters.mid ?? String(index),
    lines: [...mediaLines(kind, rtpParameters), `a=${direction}`, ...transport],
  }));
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${sections.map(({ mid }) => mid).join(' ')}`,
    'a=msid-semantic: WMS *',
    ...sections.flatMap(({ mid, lines: [first = '', ...rest] }) => [first, `a=mid:${mid}`, ...rest]),
    '',
  ].join('\r\n');
}

function mediaLines(kind: string, { codecs, headerExtensions = [], encodings, rtcp }: RtpParameters) {
  const offered = codecs.filter(isOffered.codec);
  const ssrc = encodings?.[0]?.ssrc;
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${offered.map(({ payloadType }) => payloadType).join(' ')}`,
    'c=IN IP4 127.0.0.1',
    ...offered.flatMap(({ payloadType, mimeType, clockRate, channels, parameters, rtcpFeedback = [] }) => [
      `a=rtpmap:${payloadType} ${mimeType.split('/')[1]}/${clockRate}${channels === 2 ? '/2' : ''}`,
      ...formatLine(payloadType, parameters ?? {}),
      ...rtcpFeedback
        .filter(isOffered.feedback)
        .map(({ type, parameter }) => `a=rtcp-fb:${payloadType} ${type} ${parameter ?? ''}`.trimEnd()),
    ]),
    ...headerExtensions.filter(isOffered.extension).map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    ...(ssrc === undefined ? [] : [`a=ssrc:${ssrc} cname:${rtcp?.cname ?? `c${ssrc}`}`]),
  ];
}

function formatLine(payloadType: number, parameters: Record<string, unknown>): string[] {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`);
  return pairs.length === 0 ? [] : [`a=fmtp:${payloadType} ${pairs.join(';')}`];
}

/** @throws when the description lacks something that every one of Janus has */
export function readSdp(sdp: string): RemoteDescription {
  const [, ...sections] = sdp.split(/\r?\n(?=m=)/);
  const candidates = [...sdp.matchAll(/^a=candidate:(\S+) 1 udp (\d+) (\S+) (\d+) typ host/gim)];
  const [first] = candidates;
  if (!first) throw new Error('The SDP has no UDP candidate');
  const [, foundation = '', priority, address = '', port] = first;
  return {
    transport: {
      iceParameters: {
        usernameFragment: field(sdp, /^a=ice-ufrag:(\S+)/m),
        password: field(sdp, /^a=ice-pwd:(\S+)/m),
        iceLite: /^a=ice-lite/m.test(sdp),
      },
      iceCandidates: [
        {
          foundation,
          priority: Number(priority),
          address,
          ip: address,
          protocol: 'udp',
          port: Number(port),
          type: 'host',
        },
      ],
      dtlsParameters: {
        role: 'auto',
        fingerprints: [{ algorithm: 'sha-256', value: field(sdp, /^a=fingerprint:sha-256 (\S+)/im) }],
      },
    },
    media: sections.flatMap(readMedia),
  };
}

/** One section; empty for one that is neither audio nor video. */
function readMedia(section: string): SdpMedia[] {
  const kind = /^m=(\w+)/.exec(section)?.[1];
  if (kind !== 'audio' && kind !== 'video') return [];
  const ssrc = /^a=ssrc:(\d+)/m.exec(section)?.[1];
  return [
    {
      kind,
      rtpParameters: {
        mid: field(section, /^a=mid:(\S+)/m),
        codecs: [...section.matchAll(/^a=rtpmap:(\d+) (\w+)\/(\d+)(?:\/(\d+))?/gm)].map(
          ([, payloadType, name, clockRate, channels]) => ({
            payloadType: Number(payloadType),
            mimeType: `${kind}/${name}`,
            clockRate: Number(clockRate),
            channels: channels === undefined ? undefined : Number(channels),
            rtcpFeedback: [
              ...section.matchAll(new RegExp(`^a=rtcp-fb:${payloadType} (\\S+) ?(\\S*)`, 'gm')),
            ].map(([, type = '', parameter = '']) => ({ type, parameter })),
          }),
        ),
        headerExtensions: [...section.matchAll(/^a=extmap:(\d+)\S* (\S+)/gm)].map(([, id, uri = '']) => ({
          id: Number(id),
          uri,
        })),
        encodings: [ssrc === undefined ? {} : { ssrc: Number(ssrc) }],
      },
    },
  ];
}

function field(sdp: string, pattern: RegExp): string {
  const value = pattern.exec(sdp)?.[1];
  if (value === undefined) throw new Error(`The SDP has no ${pattern.source}`);
  return value;
}
