/** Runs in the page, from before its own scripts: takes a sample again and again, and keeps them for the lab. */
import type { Received, Sample } from './sample.ts';

declare global {
  interface Window {
    labSamples?: Sample[];
  }
}

/** What is read of a report; which members are there depends on its type. */
interface Report {
  id: string;
  type: string;
  kind?: string;
  trackIdentifier?: string;
  packetsReceived?: number;
  packetsLost?: number;
  framesDecoded?: number;
  frameWidth?: number;
  totalAudioEnergy?: number;
  selectedCandidatePairId?: string;
  localCandidateId?: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  iceLocalUsernameFragment?: string;
}

/** It is sent to the page as text, so it uses nothing from outside of itself. */
export function watchPage(everyMs: number): void {
  const samples: Sample[] = [];
  const connections = new Set<RTCPeerConnection>();
  const before = new Map<string, Report>();
  const numbers = new WeakMap<RTCPeerConnection, number>();
  let count = 0;

  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
      numbers.set(this, (count += 1));
    }
  };

  const pathOf = (reports: Map<string, Report>): string | undefined => {
    const transport = [...reports.values()].find(({ type }) => type === 'transport');
    const pair = reports.get(transport?.selectedCandidatePairId ?? '');
    const local = reports.get(pair?.localCandidateId ?? '');
    if (!local) return undefined;
    return local.candidateType === 'relay' ? `relay/${local.relayProtocol}` : local.protocol;
  };

  const since = (key: string, report: Report): Received => {
    const last = before.get(key);
    before.set(key, report);
    const grown = (member: 'packetsReceived' | 'packetsLost' | 'framesDecoded' | 'totalAudioEnergy') =>
      Math.max(0, (report[member] ?? 0) - (last?.[member] ?? 0));
    const audio = report.kind === 'audio';
    return {
      audioPackets: audio ? grown('packetsReceived') : 0,
      audioLost: audio ? grown('packetsLost') : 0,
      videoFrames: grown('framesDecoded'),
      audioEnergy: grown('totalAudioEnergy'),
      width: grown('framesDecoded') > 0 ? (report.frameWidth ?? 0) : 0,
    };
  };

  /** The names of the people whose tracks these are. */
  const look = (): { names: Map<string, string>; tiles: Record<string, string[]> } => {
    const peers = new Map<string, string>();
    const tiles: Record<string, string[]> = {};
    for (const tile of document.querySelectorAll('[role="group"][data-peer]')) {
      const name = tile.getAttribute('aria-label') ?? '';
      const peer = tile.getAttribute('data-peer') ?? '';
      peers.set(peer, name);
      (tiles[name] ??= []).push(peer);
    }
    const names = new Map<string, string>();
    for (const media of document.querySelectorAll<HTMLMediaElement>('video, audio')) {
      const peer = (media.closest('[data-peer]') ?? media).getAttribute('data-peer') ?? '';
      if (!(media.srcObject instanceof MediaStream)) continue;
      for (const { id } of media.srcObject.getTracks()) names.set(id, peers.get(peer) ?? '');
    }
    return { names, tiles };
  };

  /** The names on the tiles that are this, or have it. */
  const namesOn = (selector: string): string[] =>
    [...document.querySelectorAll(selector)].map(
      (element) => element.closest('[role="group"]')?.getAttribute('aria-label') ?? '',
    );

  const readHeld = (): Record<string, string> =>
    Object.fromEntries(
      [
        ...document.querySelectorAll<HTMLElement>(
          '[role="group"][data-limited="true"], [role="group"][data-still="true"]',
        ),
      ].map((tile) => [tile.getAttribute('aria-label') ?? '', tile.innerText]),
    );

  const take = async (): Promise<void> => {
    const { names, tiles } = look();
    const sample: Sample = {
      at: Date.now(),
      loadedAt: performance.timeOrigin,
      from: {},
      paths: [],
      tiles,
      marked: namesOn('[role="group"] [data-quality]'),
      away: namesOn('[role="group"][data-away="true"]'),
      held: readHeld(),
      ice: [],
      says: document.querySelector('[data-banner] span')?.textContent ?? '',
    };
    for (const connection of connections) {
      if (connection.connectionState === 'closed') {
        connections.delete(connection);
        continue;
      }
      const reports = new Map<string, Report>();
      (await connection.getStats()).forEach((report: Report) => reports.set(report.id, report));
      for (const { type, iceLocalUsernameFragment } of reports.values()) {
        if (type === 'transport' && iceLocalUsernameFragment) sample.ice.push(iceLocalUsernameFragment);
      }
      const path = connection.connectionState === 'connected' ? pathOf(reports) : undefined;
      if (path && !sample.paths.includes(path)) sample.paths.push(path);
      for (const report of reports.values()) {
        if (report.type !== 'inbound-rtp') continue;
        const name = names.get(report.trackIdentifier ?? '');
        // A counter is taken note of even when nobody knows yet whose it is.
        const grown = since(`${numbers.get(connection)}:${report.id}`, report);
        if (!name) continue;
        const sum = sample.from[name];
        if (!sum) {
          sample.from[name] = grown;
          continue;
        }
        sum.audioPackets += grown.audioPackets;
        sum.videoFrames += grown.videoFrames;
        sum.audioLost += grown.audioLost;
        sum.audioEnergy += grown.audioEnergy;
        sum.width = Math.max(sum.width, grown.width);
      }
    }
    samples.push(sample);
  };

  const goOn = (): void => void take().finally(() => setTimeout(goOn, everyMs));
  goOn();
  window.labSamples = samples;
}
