/**
 * Browsers say which page a WebSocket comes from, and no CORS check stops them, so the server has to look.
 * Programs that send no origin are let through: their room token decides.
 *
 * @param allowed origins such as `https://meet.example.org`; empty means pages from the same host name, any port.
 */
export function originAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (allowed.length > 0) return allowed.includes(origin);
  const page = URL.parse(origin)?.hostname;
  return page !== undefined && page !== '' && page === URL.parse(`http://${host}`)?.hostname;
}
