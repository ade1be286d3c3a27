import { AppError, type Tile } from '@vcallpe/shared';
import { useCallback, useEffect, useState } from 'react';
import { Conference } from '../../conference/conference.ts';
import { preloadDevice } from '../../conference/device.ts';
import type { ConferenceState } from '../../conference/state.ts';
import { useConference } from '../../hooks/use-conference.ts';
import { api, session } from '../../lib/api/client.ts';
import type { JoinAction } from './prejoin/join-form.tsx';
import { readLastPlace, writeLastPlace } from './last-place.ts';
import type { LocalMedia, LocalMediaState } from '../../lib/media/local-media.ts';

export interface MeetingSession {
  state: ConferenceState;
  /** Enters, or enters again. A guest gives a name; an account may, in place of its own. Failure is in the state. */
  join: JoinAction;
  rejoin(): void;
  leave(): void;
  retryNow(): void;
  /** Says what is on the screen, see `Conference.show`. */
  show(tiles: readonly Tile[]): void;
}

/** One visit to a room: from Join to the end, and from there to the next Join. */
export function useSession(code: string, media: LocalMedia, local: LocalMediaState): MeetingSession {
  const [visit, setVisit] = useState<{ conference: Conference; displayName: string | undefined }>();
  const conference = visit?.conference;
  const state = useConference(conference);

  const join = useCallback(
    (displayName: string | undefined, takeOver: boolean) => {
      const { microphone, camera } = media.getState();
      const next = new Conference({
        getGrant: grantOf(code, displayName),
        previous: signedIn() ? undefined : readLastPlace(code),
        takeOver,
        microphone: microphone.track,
        camera: camera.track,
        micMuted: !microphone.on,
      });
      setVisit({ conference: next, displayName });
      // A failed join ends the conference, and its state has the reason for the page to show.
      next.join().catch(() => undefined);
    },
    [code, media],
  );

  useEffect(() => {
    // Joining tells if it failed; here it only saves time.
    preloadDevice().catch(() => undefined);
  }, []);
  usePublishing(conference, local);
  useLeavingWithPage(conference);
  useLastPlace(conference, code);

  const over = state.status === 'ended' && state.joinedAt !== undefined;
  useEffect(() => {
    if (over) media.release();
  }, [over, media]);

  // These last, so that what gets them is not drawn anew with every change of the state.
  const leave = useCallback(() => void conference?.leave(), [conference]);
  const retryNow = useCallback(() => conference?.retryNow(), [conference]);
  const show = useCallback((tiles: readonly Tile[]) => conference?.show(tiles), [conference]);

  return {
    state,
    join,
    rejoin: () => {
      // Devices open while the room is entered, and are sent as soon as they are there.
      void media.start();
      join(visit?.displayName, false);
    },
    leave,
    retryNow,
    show,
  };
}

function signedIn(): boolean {
  return session.getState().status === 'signedIn';
}

/** Grants for one person: who entered with an account must not come back as a guest when its session ends. */
function grantOf(code: string, displayName: string | undefined) {
  const withAccount = signedIn();
  return async () => {
    if (withAccount && session.getState().status === 'signedOut') {
      throw new AppError('UNAUTHENTICATED', 'The session ended during the meeting');
    }
    return api.joinRoom(code, { displayName });
  };
}

/** Sends what the person's devices give, as it changes. */
function usePublishing(conference: Conference | undefined, { microphone, camera }: LocalMediaState): void {
  useEffect(() => {
    void conference?.setMicrophone(microphone.track);
  }, [conference, microphone.track]);
  useEffect(() => {
    void conference?.setMicMuted(!microphone.on);
  }, [conference, microphone.on]);
  useEffect(() => {
    void conference?.setCamera(camera.track);
  }, [conference, camera.track]);
}

/** Closing the tab, or going to another page, leaves at once, so that others need not wait for a timeout. */
function useLeavingWithPage(conference: Conference | undefined): void {
  useEffect(() => {
    const leave = () => void conference?.leave();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [conference]);
}

function useLastPlace(conference: Conference | undefined, code: string): void {
  useEffect(() => {
    if (!conference) return;
    return conference.subscribe(() => {
      const { status } = conference.getState();
      if (status === 'joined') writeLastPlace(code, conference.resumeKey);
      if (status === 'ended') writeLastPlace(code, undefined);
    });
  }, [conference, code]);
}
