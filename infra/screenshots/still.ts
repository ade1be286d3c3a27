/** A camera whose packets arrive, and no picture comes of them, as where most of them are lost. */
import type { Page } from 'playwright-core';
import type { Participant } from '../browser/participant.ts';
import { noToasts, shoot } from './shoot.ts';

interface Taps {
  /** By track. They are in the page of who looks: at the other end the service would see a fault, and mend it. */
  taps?: Map<MediaStreamTrack, Worker>;
}

/** Of a worker that video goes through while it is open. */
const TAP = `
  let open = true;
  onmessage = ({ data }) => { open = data; };
  onrtctransform = ({ transformer: { readable, writable } }) => readable
    .pipeThrough(new TransformStream({ transform: (frame, to) => { if (open) to.enqueue(frame); } }))
    .pipeTo(writable);
`;

/** For a page that `shootStill` is to look at: call before it is opened. */
export async function tapVideo(page: Page): Promise<void> {
  await page.addInitScript((tap) => {
    const taps = ((window as Taps).taps = new Map<MediaStreamTrack, Worker>());
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        // Once something has flowed it is too late.
        this.addEventListener('track', ({ track, receiver }) => {
          if (track.kind !== 'video') return;
          const worker = new Worker(URL.createObjectURL(new Blob([tap])));
          receiver.transform = new RTCRtpScriptTransform(worker);
          taps.set(track, worker);
        });
      }
    };
  }, TAP);
}

export async function shootStill(mia: Participant, from: Participant): Promise<void> {
  await setTap(mia, from, false);
  await mia.waitForTile(from.name, { 'data-still': 'true' });
  await noToasts(mia.page);
  await shoot(mia.page, 'picture-stands-still');
  await setTap(mia, from, true);
  await mia.seesMoving(from.name);
}

async function setTap(mia: Participant, from: Participant, open: boolean): Promise<void> {
  const video = mia.tile(from.name).locator('video');
  await video.evaluate(({ srcObject }: HTMLVideoElement, isOpen) => {
    const [track] = srcObject instanceof MediaStream ? srcObject.getVideoTracks() : [];
    const tap = track && (window as Taps).taps?.get(track);
    if (!tap) throw new Error('This video goes through no tap');
    tap.postMessage(isOpen);
  }, open);
}
