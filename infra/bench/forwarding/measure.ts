/** One measurement of one SFU: started, filled with peers, watched for a while, and stopped. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Assistant } from '../assistant.ts';
import { cpuSeconds } from '../process-usage.ts';
import type { Rival } from '../rivals/sfu.ts';
import type { PeerMethods } from './peers.ts';

const SCRIPT = join(import.meta.dirname, 'peers.ts');
/** Between the first packet of the last stream and the measurement, ms: keyframes, and code that is not compiled yet. */
const SETTLE_MS = 3_000;

export interface Scenario {
  senders: number;
  receivers: number;
}

export interface Measurement {
  /** CPU time of all processes of the SFU for each RTP packet that reached a receiver, µs. */
  cpuPerPacketUs: number;
  packetsPerSecond: number;
  /** Received of what should have been, 1 when nothing is missing but what is on its way. */
  delivered: number;
  lost: number;
  /** CPU of the process of the receivers and of that of the senders, cores. From about 0.85 on it is late itself. */
  receiversCpu: number;
  sendersCpu: number;
}

/** @param windowMs how long to watch, once everything flows */
export async function measure(
  rival: Rival,
  { senders, receivers }: Scenario,
  windowMs: number,
): Promise<Measurement> {
  const sfu = await rival.start(senders);
  const sending = new Assistant<PeerMethods>('The process of the senders', SCRIPT);
  const receiving = new Assistant<PeerMethods>('The process of the receivers', SCRIPT);
  try {
    await Promise.all([sending.ask('open', sfu.entry), receiving.ask('open', sfu.entry)]);
    await sending.ask('connectSenders', senders);
    await receiving.ask('connectReceivers', { count: receivers, senders });
    await delay(SETTLE_MS);
    await sending.ask('untilSteady', undefined);

    const look = async () => {
      const at = performance.now();
      const cpu = {
        sfu: cpuSeconds(sfu.pids),
        receiving: cpuSeconds([receiving.pid]),
        sending: cpuSeconds([sending.pid]),
      };
      const [{ sent }, { received, lost }] = await Promise.all([
        sending.ask('totals', undefined),
        receiving.ask('totals', undefined),
      ]);
      return { at, cpu, sent, received, lost };
    };
    const before = await look();
    await delay(windowMs);
    const after = await look();

    const seconds = (after.at - before.at) / 1000;
    const received = after.received - before.received;
    return {
      cpuPerPacketUs: ((after.cpu.sfu - before.cpu.sfu) / received) * 1e6,
      packetsPerSecond: received / seconds,
      delivered: received / ((after.sent - before.sent) * receivers),
      lost: after.lost - before.lost,
      receiversCpu: (after.cpu.receiving - before.cpu.receiving) / seconds,
      sendersCpu: (after.cpu.sending - before.cpu.sending) / seconds,
    };
  } finally {
    await Promise.all([sending.stop(), receiving.stop()]);
    await sfu.stop();
  }
}
