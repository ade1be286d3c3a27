/** What a browser that stays is made of, and whether it goes on seeing and hearing somebody. */
import type { CDPSession } from 'playwright-core';
import type { Participant } from '../../browser/participant.ts';
import { readConnections, type InboundTrack } from '../browser/connections.ts';

/** How often the page looks whether a new picture has come, ms. It is how exact `longestGapMs` is. */
const LOOK_EVERY_MS = 20;

export interface Seen {
  /** The most since the last look: m-lines wait to be used again, so their number goes up and down. */
  remoteSdpLength: number;
  transceivers: number;
  /** Of JavaScript, after garbage collection. */
  heapBytes: number;
  /** From the other, since their track began here. */
  framesDecoded: number;
  audioEnergy: number;
  /** The longest time since the last look without a new picture of the other. */
  longestGapMs: number;
}

interface GapWatch {
  pictureGap?: { sinceMs: number; longestMs: number };
}

export class StayerWatch {
  readonly #stayer: Participant;
  readonly #other: string;
  readonly #cdp: CDPSession;
  #peak = { remoteSdpLength: 0, transceivers: 0 };

  /** @param other name of the participant who stays too, and sends */
  static async begin(stayer: Participant, other: string): Promise<StayerWatch> {
    await watchGaps(stayer, other);
    return new StayerWatch(stayer, other, await stayer.page.context().newCDPSession(stayer.page));
  }

  private constructor(stayer: Participant, other: string, cdp: CDPSession) {
    this.#stayer = stayer;
    this.#other = other;
    this.#cdp = cdp;
  }

  /** Takes the size of the connections into account for the next `look`. */
  async glance(): Promise<InboundTrack[]> {
    const { inbound, ...size } = await readConnections(this.#stayer.page);
    this.#peak = {
      remoteSdpLength: Math.max(this.#peak.remoteSdpLength, size.remoteSdpLength),
      transceivers: Math.max(this.#peak.transceivers, size.transceivers),
    };
    return inbound;
  }

  async look(): Promise<Seen> {
    const longestGapMs = await takeLongestGap(this.#stayer);
    const trackIds = await tracksOf(this.#stayer, this.#other);
    const theirs = (await this.glance()).filter(({ trackId }) => trackIds.includes(trackId));
    const peak = this.#peak;
    this.#peak = { remoteSdpLength: 0, transceivers: 0 };
    await this.#cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#cdp.send('Runtime.getHeapUsage');
    return {
      ...peak,
      heapBytes: usedSize,
      framesDecoded: theirs.reduce((sum, { framesDecoded }) => sum + framesDecoded, 0),
      audioEnergy: theirs.reduce((sum, { audioEnergy }) => sum + audioEnergy, 0),
      longestGapMs,
    };
  }
}

/** Ids of the tracks that the page plays for this person. */
function tracksOf({ page }: Participant, name: string): Promise<string[]> {
  return page.evaluate((label) => {
    const tile = document.querySelector(`[role="group"][aria-label="${CSS.escape(label)}"]`);
    const peerId = tile?.getAttribute('data-peer');
    const players = [
      tile?.querySelector('video'),
      document.querySelector<HTMLAudioElement>(`audio[data-peer="${peerId}"]`),
    ];
    return players.flatMap((player) =>
      player?.srcObject instanceof MediaStream ? player.srcObject.getTracks().map(({ id }) => id) : [],
    );
  }, name);
}

async function watchGaps({ page }: Participant, name: string): Promise<void> {
  await page.evaluate(
    ({ label, everyMs }) => {
      const gap = { sinceMs: performance.now(), longestMs: 0 };
      (globalThis as GapWatch).pictureGap = gap;
      let last: HTMLVideoElement | undefined;
      let frames = 0;
      setInterval(() => {
        const now = performance.now();
        gap.longestMs = Math.max(gap.longestMs, now - gap.sinceMs);
        const selector = `[role="group"][aria-label="${CSS.escape(label)}"] video`;
        const video = document.querySelector<HTMLVideoElement>(selector);
        if (!video) return;
        const { totalVideoFrames } = video.getVideoPlaybackQuality();
        // A new element counts from the start; it has shown something once it has counted at all.
        const isNew = video === last ? totalVideoFrames !== frames : totalVideoFrames > 0;
        if (!isNew) return;
        last = video;
        frames = totalVideoFrames;
        gap.sinceMs = now;
      }, everyMs);
    },
    { label: name, everyMs: LOOK_EVERY_MS },
  );
}

/** The longest gap since this was asked last, ms. */
function takeLongestGap({ page }: Participant): Promise<number> {
  return page.evaluate(() => {
    const gap = (globalThis as GapWatch).pictureGap;
    if (!gap) throw new Error('Gaps are not watched');
    const longest = gap.longestMs;
    gap.longestMs = 0;
    return longest;
  });
}
