import { AppError, type Tile } from '@vcallpe/shared';
import { useCallback, useEffect, useState } from 'react';
import { Conference } from '../../conference/conference.ts';
import { preloadDevice } from '../../conference/device.ts';
import type { ConferenceState } from '../../conference/state.ts';
import { useConference } from '../../hooks/use-conference.ts';
import { api, session } from '../../lib/api/client.ts';
import { converse, type Conversation } from './conversation/conversation.ts';
import type { JoinAction, JoinChoice } from './prejoin/join-form.tsx';
import { readGuestKey, writeGuestKey } from './guest-key.ts';
import type { LocalMedia, LocalMediaState } from '../../lib/media/local-media.ts';

export interface MeetingSession {
  state: ConferenceState;
  /** There from the first Join on. */
  conference: Conference | undefined;
  /** What people say beside sound and picture. */
  conversation: Conversation | undefined;
  /** Enters, or enters again. A guest gives a name; an account may, in place of its own. Failure is in the state. */
  join: JoinAction;
  rejoin(): void;
  leave(): void;
  retryNow(): void;
  /** Says what is on the screen, see `Conference.show`. */
  show(tiles: readonly Tile[]): void;
}

/** What was given at the last Join. */
interface Visit {
  conference: Conference;
  conversation: Conversation;
  displayName: string | undefined;
  password: string | undefined;
}

/** One visit to a room: from Join to the end, and from there to the next Join. */
export function useSession(code: string, media: LocalMedia, local: LocalMediaState): MeetingSession {
  const [visit, setVisit] = useState<Visit>();
  const conference = visit?.conference;
  const state = useConference(conference);

  const join = useCallback(
    ({ displayName, takeOver = false, password }: JoinChoice) => {
      const { microphone, camera } = media.getState();
      const next = new Conference({
        getGrant: grantOf(code, displayName, password),
        takeOver,
        microphone: microphone.track,
        camera: camera.track,
        micMuted: !microphone.on,
      });
      setVisit({ conference: next, conversation: converse(next, code), displayName, password });
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
    conference,
    conversation: visit?.conversation,
    join,
    rejoin: () => {
      // Devices open while the room is entered, and are sent as soon as they are there.
      void media.start();
      join({ displayName: visit?.displayName, password: visit?.password });
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
function grantOf(code: string, displayName: string | undefined, password: string | undefined) {
  const withAccount = signedIn();
  return async () => {
    if (withAccount && session.getState().status === 'signedOut') {
      throw new AppError('UNAUTHENTICATED', 'The session ended during the meeting');
    }
    const grant = await api.joinRoom(code, { displayName, password, guestKey: readGuestKey(code) });
    if (grant.guestKey) writeGuestKey(code, grant.guestKey);
    return grant;
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
