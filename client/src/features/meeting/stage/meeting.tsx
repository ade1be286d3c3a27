/** The meeting: who is in it on a near-black stage in either theme, and one bar of controls below. */
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { may, type Tile as ShownTile } from '@vcallpe/shared';
import { useEffect, useMemo, useState, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConferenceState } from '../../../conference/state.ts';
import { useCopyLink } from '../../../hooks/use-copy-link.ts';
import { useElementSize } from '../../../hooks/use-element-size.ts';
import { usePlayback } from '../../../hooks/use-playback.ts';
import { useWakeLock } from '../../../hooks/use-wake-lock.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { ConversationButtons } from '../conversation/conversation-buttons.tsx';
import type { Conversation } from '../conversation/conversation.ts';
import { HandsList } from '../conversation/hands-list.tsx';
import { ReactionsOverlay } from '../conversation/reactions-overlay.tsx';
import { useConversationEntries } from '../conversation/use-conversation-entries.tsx';
import { useConversationNews } from '../conversation/use-conversation-news.ts';
import { useUploads } from '../conversation/use-uploads.ts';
import { DeviceNewsNotice } from '../device-news.tsx';
import { MediaProblems } from '../media-problems.tsx';
import { MutedSpeech } from '../muted-speech.tsx';
import { ShareChooser } from '../share/share-chooser.tsx';
import { ShareProblem, SharingLine } from '../share/share-notices.tsx';
import { useShare } from '../share/use-share.ts';
import { useMeetingKeys } from '../shortcuts/use-meeting-keys.ts';
import { HostNotices } from '../people/host-notices.tsx';
import { PeopleButton } from '../people/people-button.tsx';
import { usePeopleEntries } from '../people/use-people-entries.tsx';
import { useQualityEntries } from '../quality/use-quality-entries.tsx';
import { AloneCard } from './alone-card.tsx';
import { useAudioOnly } from './audio-only.ts';
import { Banners } from './banners.tsx';
import { ControlBar } from './control-bar.tsx';
import { InfoLine } from './info-line.tsx';
import { MeetingDialogs, type MeetingDialog } from './meeting-dialogs.tsx';
import { MeetingHeader } from './meeting-header.tsx';
import { Panels } from './panels.tsx';
import { RemoteSound } from './remote-sound.tsx';
import type { Panel } from './side-panel.tsx';
import { TileGrid } from './tile-grid.tsx';
import { useDarkPage } from './use-dark-page.ts';
import { useLayoutKeys } from './use-layout-keys.ts';
import { useMoreEntries } from './use-more-entries.tsx';
import { useFloatingSpeaker, useFloatingWindow } from './use-picture-in-picture.ts';
import { useStage } from './use-stage.ts';
import { usePresenceToasts } from './use-presence-toasts.ts';

interface MeetingProps {
  room: { code: string; name: string };
  state: ConferenceState;
  conversation: Conversation;
  media: LocalMedia;
  local: LocalMediaState;
  onLeave: () => void;
  onRetryNow: () => void;
  onShow: (tiles: readonly ShownTile[]) => void;
}

export function Meeting(props: MeetingProps) {
  const { room, state, conversation, media, local, onLeave, onRetryNow, onShow } = props;
  const { playback, refused } = usePlayback();
  const copyLink = useCopyLink(room.code);
  usePresenceToasts(state);
  useWakeLock();
  useDarkPage();
  const [stageRef, stageSize] = useElementSize();
  const audioOnly = useAudioOnly(state, media, onShow);
  const { floating, open: isFloating } = useFloatingWindow();
  const stage = useStage(audioOnly.state, local, stageSize, isFloating, audioOnly.onShow);
  const { view, shares, setView, speaker } = stage;
  const onFloating = useFloatingSpeaker(
    floating,
    audioOnly.state.others.find(({ peerId }) => peerId === speaker),
  );
  // What was wrong before joining was said there, and one has joined without; here only news is told.
  useEffect(() => media.dismissProblems(), [media]);
  // The button that brought one here is gone, and the focus with it.
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.focus(), []);
  const { self, others, joinedAt = 0 } = state;
  const [panel, setPanel] = useState<Panel>();
  const [reacting, setReacting] = useState(false);
  const uploads = useUploads(conversation);
  useConversationNews(conversation, self?.participantId, others, panel);
  const { t } = useTranslation('media');
  const role = self?.role;
  // Who receives only, from the beginning or since a host said so, has no device open.
  useEffect(() => {
    if (role !== undefined && !may(role, 'microphone')) media.letGo();
  }, [role, media]);
  const share = useShare(conversation.conference, role);
  const [dialog, setDialog] = useState<MeetingDialog>();
  const more = useMoreEntries(
    {
      role,
      share,
      audioOnly,
      layout: { view, setView, firstShare: shares[0]?.key, floating: isFloating, onFloating },
      onDialog: setDialog,
      onCopyLink: copyLink,
    },
    useTogether(
      useTogether(
        usePeopleEntries(state.lobby.length, setPanel),
        useConversationEntries({
          mayReact: role !== undefined && may(role, 'react'),
          onPanel: setPanel,
          onReacting: setReacting,
        }),
      ),
      useQualityEntries(setPanel),
    ),
  );
  // Beside the name they are in nobody's way; an upright phone has no room there.
  const wide = useMediaQuery((theme: Theme) => theme.breakpoints.up('sm'), { noSsr: true });
  const hands = <HandsList self={self} others={others} />;
  const toggle = (which: Panel) => setPanel((now) => (now === which ? undefined : which));
  const layoutKeys = useLayoutKeys(stage);
  useMeetingKeys({
    role,
    media,
    share,
    onList: () => setDialog('shortcuts'),
    more: {
      h: () => {
        const raised = self?.handRaisedAt === undefined;
        conversation.conference.request('setHand', { raised }).catch(() => undefined);
      },
      c: () => toggle('chat'),
      p: () => toggle('people'),
      ...layoutKeys,
    },
  });

  return (
    <Box
      component="main"
      ref={main}
      tabIndex={-1}
      sx={{
        position: 'fixed',
        inset: 0,
        outline: 'none',
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'stage.main',
        color: 'stage.contrastText',
        typography: 'body2',
        pb: 'env(safe-area-inset-bottom)',
      }}
    >
      <title>{`${room.name} · VCallPe`}</title>
      <MeetingHeader
        name={room.name}
        joinedAt={joinedAt}
        people={others.length + 1}
        page={stage.page}
        pages={stage.pages}
        turn={stage.turn}
      >
        {wide && hands}
      </MeetingHeader>
      <Stack spacing={0.5} sx={{ px: 1 }}>
        <Banners
          state={state}
          soundRefused={refused}
          onRetryNow={onRetryNow}
          onPlaySound={() => playback.startRefused()}
        />
        <HostNotices
          conference={conversation.conference}
          state={state}
          media={media}
          local={local}
          onView={() => setPanel('people')}
          viewing={panel === 'people'}
        />
        <SharingLine share={share} />
        {audioOnly.on && (
          <InfoLine action={{ label: t('audioOnly.stop'), act: () => audioOnly.set(false) }}>
            {t('audioOnly.on')}
          </InfoLine>
        )}
        {role && may(role, 'microphone') && <MutedSpeech media={media} microphone={local.microphone} />}
        {!wide && hands}
      </Stack>
      <ShareChooser shares={shares} largeKey={stage.largeKey} setView={setView} />
      <Box
        sx={{
          position: 'relative',
          flex: 1,
          minHeight: 0,
          display: 'flex',
          flexDirection: { xs: 'column', sm: 'row' },
          gap: 1,
          p: 1,
        }}
      >
        <TileGrid
          ref={stageRef}
          stage={stage}
          playback={playback}
          quality={conversation.conference.quality}
        />
        <ReactionsOverlay conference={conversation.conference} self={self} others={others} />
        {others.length === 0 && <AloneCard code={room.code} onCopy={copyLink} />}
        <Stack
          spacing={1}
          sx={{
            position: 'absolute',
            left: 8,
            bottom: 8,
            width: 'min(420px, 100% - 16px)',
            maxHeight: 1,
            overflow: 'auto',
          }}
        >
          <MediaProblems media={media} local={local} dismissible />
          <DeviceNewsNotice media={media} news={local.news} />
          <ShareProblem share={share} />
        </Stack>
        <Panels
          panel={panel}
          conversation={conversation}
          state={state}
          uploads={uploads}
          onClose={() => setPanel(undefined)}
        />
      </Box>
      <ControlBar role={role} media={media} local={local} share={share} more={more} onLeave={onLeave}>
        <ConversationButtons
          conversation={conversation}
          self={self}
          panel={panel}
          onPanel={setPanel}
          reacting={reacting}
          onReacting={setReacting}
        />
        <PeopleButton waiting={state.lobby.length} panel={panel} onPanel={setPanel} />
      </ControlBar>
      <MeetingDialogs shown={dialog} media={media} local={local} onClose={() => setDialog(undefined)} />
      <RemoteSound others={others} playback={playback} speakerId={local.speakerId} />
    </Box>
  );
}

/** The same list while neither part changes. */
function useTogether<T>(some: readonly T[], others: readonly T[]): readonly T[] {
  return useMemo(() => [...some, ...others], [some, others]);
}
