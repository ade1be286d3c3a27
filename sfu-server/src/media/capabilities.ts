import type { types } from 'mediasoup';

/**
 * Capabilities of one device, cut down to what concerns one codec. mediasoup copies and checks all that it is given for
 * each consumer, and of what a browser can do nine tenths are other codecs: that was a third of what a join costs Node.
 */
export class CapabilitiesByCodec {
  readonly #known = new Map<string, types.RtpCapabilities>();

  /** @param mimeType of the producer, such as `video/VP8` */
  for(mimeType: string, all: types.RtpCapabilities): types.RtpCapabilities {
    const key = mimeType.toLowerCase();
    let known = this.#known.get(key);
    if (!known) {
      known = concerning(key, all);
      this.#known.set(key, known);
    }
    return known;
  }
}

function concerning(
  mimeType: string,
  { codecs = [], headerExtensions = [] }: types.RtpCapabilities,
): types.RtpCapabilities {
  const chosen = codecs.filter((codec) => codec.mimeType.toLowerCase() === mimeType);
  const payloadTypes = new Set(chosen.map(({ preferredPayloadType }) => preferredPayloadType ?? -1));
  // The repair of a codec names it by its payload type.
  const repairs = codecs.filter(
    (codec) =>
      codec.mimeType.toLowerCase().endsWith('/rtx') && payloadTypes.has(Number(codec.parameters?.apt)),
  );
  const kind = mimeType.split('/', 1)[0];
  return {
    codecs: [...chosen, ...repairs],
    headerExtensions: headerExtensions.filter((extension) => extension.kind === kind),
  };
}
