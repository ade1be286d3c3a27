/**
 * Schemas of what mediasoup and mediasoup-client hand each other. They bound sizes and types; mediasoup
 * itself checks that the parameters make sense, and what it refuses is answered as VALIDATION_FAILED.
 * The field names are those of the ORTC-like dictionaries in mediasoup's documentation.
 */
import { z } from 'zod';

const short = z.string().max(256);
const uint32 = z.number().int().min(0).max(0xffffffff);
const payloadType = z.number().int().min(0).max(127);

/** Codec parameters such as `{ 'profile-level-id': '42e01f', useinbandfec: 1 }`. */
const codecParameters = z
  .record(z.string().max(64), z.union([short, z.number(), z.boolean(), z.null()]))
  .refine((parameters) => Object.keys(parameters).length <= 32, 'Too many codec parameters');

const rtcpFeedback = z.array(z.object({ type: short, parameter: short.optional() })).max(16);

const codec = z.object({
  mimeType: short,
  clockRate: z.number().int().positive(),
  channels: z.number().int().min(1).max(8).optional(),
  parameters: codecParameters.optional(),
  rtcpFeedback: rtcpFeedback.optional(),
});

export const RtpCapabilities = z.object({
  codecs: z
    .array(codec.extend({ kind: z.enum(['audio', 'video']), preferredPayloadType: payloadType.optional() }))
    .max(64)
    .optional(),
  headerExtensions: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        uri: short,
        preferredId: z.number().int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(64)
    .optional(),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

const encoding = z.object({
  ssrc: uint32.optional(),
  rid: z.string().max(16).optional(),
  active: z.boolean().optional(),
  codecPayloadType: payloadType.optional(),
  rtx: z.object({ ssrc: uint32 }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z.string().max(16).optional(),
  /** Factor, 1 is full size. */
  scaleResolutionDownBy: z.number().min(1).max(64).optional(),
  /** bps */
  maxBitrate: z.number().int().positive().max(100_000_000).optional(),
  maxFramerate: z.number().positive().max(120).optional(),
  adaptivePtime: z.boolean().optional(),
  priority: z.enum(['very-low', 'low', 'medium', 'high']).optional(),
  networkPriority: z.enum(['very-low', 'low', 'medium', 'high']).optional(),
});

export const RtpParameters = z.object({
  mid: z.string().max(32).optional(),
  msid: z.string().max(256).optional(),
  codecs: z.array(codec.extend({ payloadType })).min(1).max(16),
  headerExtensions: z
    .array(
      z.object({
        uri: short,
        id: z.number().int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: codecParameters.optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z.array(encoding).min(1).max(4).optional(),
  rtcp: z
    .object({
      cname: short.optional(),
      reducedSize: z.boolean().optional(),
      mux: z.boolean().optional(),
    })
    .optional(),
});
export type RtpParameters = z.infer<typeof RtpParameters>;

export const DtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/, 'Expected a fingerprint'),
      }),
    )
    .min(1)
    .max(8),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;

export const IceParameters = z.object({
  usernameFragment: z.string(),
  password: z.string(),
  iceLite: z.boolean().optional(),
});
export type IceParameters = z.infer<typeof IceParameters>;

const iceCandidate = z.object({
  foundation: z.string(),
  priority: uint32,
  address: z.string(),
  ip: z.string(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.number().int(),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.enum(['active', 'passive', 'so']).optional(),
});

/** What a client needs to build its half of a WebRtcTransport. */
export const TransportOptions = z.object({
  id: z.uuid(),
  iceParameters: IceParameters,
  iceCandidates: z.array(iceCandidate),
  dtlsParameters: DtlsParameters,
});
export type TransportOptions = z.infer<typeof TransportOptions>;
