/** The browser's half of mediasoup, with what takes long done before somebody clicks on Join. */
import { detectDeviceAsync, Device, type types } from 'mediasoup-client';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74';
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120';
import { Safari12 } from 'mediasoup-client/handlers/Safari12';
import { AppError } from '@vcallpe/shared';

type HandlerFactory = NonNullable<types.DeviceOptions['handlerFactory']>;

const HANDLERS: Partial<
  Record<types.BuiltinHandlerName, { createFactory(options: object): HandlerFactory }>
> = {
  Chrome111,
  Chrome74,
  Firefox120,
  Safari12,
};

let loading: Promise<HandlerFactory> | undefined;

/**
 * Asks the browser what it can send and receive, once for the page: two peer connections and their offers,
 * about 80 ms on 2 busy cores. Call it early; `createDevice` waits for it.
 */
export function preloadDevice(): Promise<HandlerFactory> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @throws {AppError} UNSUPPORTED_BROWSER in a browser without WebRTC that mediasoup-client knows. */
export async function createDevice(): Promise<types.Device> {
  return new Device({ handlerFactory: await preloadDevice() });
}

async function load(): Promise<HandlerFactory> {
  const name = await detectDeviceAsync();
  const handler = name && HANDLERS[name];
  if (!handler) {
    throw new AppError('UNSUPPORTED_BROWSER', 'This browser can’t take part in video meetings');
  }
  const factory = handler.createFactory({});
  const capabilities = {
    recvonly: await factory.getNativeRtpCapabilities({ direction: 'recvonly' }),
    sendonly: await factory.getNativeRtpCapabilities({ direction: 'sendonly' }),
  };
  return { ...factory, getNativeRtpCapabilities: async ({ direction }) => capabilities[direction] };
}
