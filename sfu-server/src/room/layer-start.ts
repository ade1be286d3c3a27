/**
 * Has a picture begin on the layer that it is to have. When a publisher starts layers because somebody looks, the lower ones come a
 * moment sooner, and mediasoup forwards what there is. From there it goes up 2 to 4 s later: a new layer has to flow for 2 s
 * (`StreamMinActiveMs`), and its clock has to be known by three sender reports. Of a picture that has not begun it asks neither.
 */
import type { types } from 'mediasoup';

/** For so long after a lower layer has begun, ms: those of one encoder come within 30, those of a slow uplink later. */
const BEHIND_MS = 100;
/** In all, ms: then it is forwarded as it comes. */
const WAIT_MS = 1_000;

/** @param start is called once, perhaps at once: when the layer, or the highest that there is, flows to the SFU, or is waited for no longer */
export function whenLayerFlows(consumer: types.Consumer, spatialLayer: number, start: () => void): void {
  let behind: NodeJS.Timeout | undefined;
  const longest = setTimeout(finish, WAIT_MS).unref();
  function finish(): void {
    clearTimeout(behind);
    clearTimeout(longest);
    consumer.off('score', look);
    consumer.observer.off('close', finish);
    start();
  }
  function look(): void {
    const scores = consumer.score.producerScores;
    if ((scores[Math.min(spatialLayer, scores.length - 1)] ?? 0) > 0) finish();
    else if (scores.some((score) => score > 0)) behind ??= setTimeout(finish, BEHIND_MS).unref();
  }
  consumer.on('score', look);
  consumer.observer.once('close', finish);
  look();
}
