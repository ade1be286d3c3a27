/** Where a request comes from, as a proxy in front of the API knows it: from GeoIP, or because there is one in each region. */
import { Region } from '@vcallpe/shared';
import type { Request } from 'express';

/**
 * @param header REGION_HEADER, such as `x-region`
 * @returns undefined where it is not told, or in no label. That is no error: it only sorts the TURN servers.
 */
export function regionOf(req: Pick<Request, 'get'>, header: string | undefined): string | undefined {
  return header && Region.safeParse(req.get(header)?.toLowerCase()).data;
}
