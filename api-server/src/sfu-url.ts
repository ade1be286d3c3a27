/** Where a browser finds the SFU. */

/**
 * SFU_URL, or else the host that the browser already reaches us at, with the SFU's port: right for one
 * machine under any of its names, `localhost` or its address on the LAN.
 * @param host protocol and hostname of the request, IPv6 in brackets.
 */
export function sfuUrlFor(
  config: { sfuUrl: string | undefined; sfuPort: number },
  host: { protocol: string; hostname: string },
): string {
  return config.sfuUrl ?? `${host.protocol}://${host.hostname}:${config.sfuPort}`;
}
