/** Asks the bare router; runs in Node and in a browser. */
import type { BareMethods } from './bare-sfu.ts';

type Input<M extends keyof BareMethods> =
  Parameters<BareMethods[M]> extends [infer I] ? I : Record<string, never>;
export type Output<M extends keyof BareMethods> = Awaited<ReturnType<BareMethods[M]>>;

/** @throws what the router refused with */
export async function askBare<M extends keyof BareMethods>(
  url: string,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const response = await fetch(`${url}/${method}`, { method: 'POST', body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
  return (await response.json()) as Output<M>;
}
