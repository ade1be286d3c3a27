/** What hosts do to oneself, in words, and who knocks: lines above the call, with what one can do about it. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { may } from '@vcallpe/shared';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import type { ConferenceState } from '../../../conference/state.ts';
import { useReadOut, useTell } from '../../../hooks/use-toast.tsx';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { HOST_ACT, KNOCK, knockWords } from '../news/topics.ts';
import { useAttempt } from './use-attempt.ts';
import { useHostActs } from './use-host-acts.ts';

interface HostNoticesProps {
  conference: Conference;
  state: Pick<ConferenceState, 'self' | 'lobby'>;
  media: LocalMedia;
  local: LocalMediaState;
  /** Opens the list of people. */
  onView: () => void;
  /** The list of people is open. */
  viewing: boolean;
}

export function HostNotices({ conference, state, media, local, onView, viewing }: HostNoticesProps) {
  const { t } = useTranslation('people');
  const { asked, dismiss } = useHostActs(conference, media);
  return (
    <>
      <KnockNotice {...{ conference, state, onView, viewing }} />
      {asked !== undefined && !local.microphone.on && (
        <ReadLine
          text={t('act.unmuteAsked', { by: asked })}
          actions={
            <>
              <LineButton onClick={dismiss}>{t('act.notNow')}</LineButton>
              <LineButton
                onClick={() => {
                  dismiss();
                  void media.setOn('microphone', true);
                }}
              >
                {t('act.unmute')}
              </LineButton>
            </>
          }
        />
      )}
      {state.self && !may(state.self.role, 'microphone') && <ReadLine text={t('viewerHint')} />}
    </>
  );
}

function KnockNotice({
  conference,
  state: { self, lobby },
  onView,
  viewing,
}: Pick<HostNoticesProps, 'conference' | 'state' | 'onView' | 'viewing'>) {
  const { t } = useTranslation('admission');
  const attempt = useAttempt();
  const [first] = lobby;
  const mayAdmit = self !== undefined && may(self.role, 'admit');
  // Whom the line or the list shows is only read out.
  const tell = useTell();
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!mayAdmit) return;
    for (const { participantId, displayName } of lobby) {
      if (!known.current.has(participantId)) tell(KNOCK, displayName, false);
    }
    known.current = new Set(lobby.map(({ participantId }) => participantId));
  }, [lobby, mayAdmit, tell]);
  if (!mayAdmit || !first || viewing) return null;
  const admit = () =>
    void attempt(() =>
      conference.request('admit', { participantIds: lobby.map(({ participantId }) => participantId) }),
    );
  return (
    <Line
      text={knockWords(lobby.map(({ displayName }) => displayName))}
      actions={
        <>
          <LineButton onClick={onView}>{t('knock.view')}</LineButton>
          <LineButton onClick={admit}>{t('knock.admit')}</LineButton>
        </>
      }
    />
  );
}

function ReadLine(props: { text: string; actions?: ReactNode }) {
  useReadOut(props.text, HOST_ACT);
  return <Line {...props} />;
}

function Line({ text, actions }: { text: string; actions?: ReactNode }) {
  return (
    <Box
      // So that it is known what its buttons answer.
      role="group"
      aria-label={text}
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        flexWrap: 'wrap',
        columnGap: 1,
        minHeight: 44,
        px: 2,
        py: 0.5,
        borderRadius: 1,
        bgcolor: 'stage.raised',
        border: 1,
        borderColor: 'stage.border',
        overflowWrap: 'anywhere',
      }}
    >
      <span>{text}</span>
      {/* Where there is little room they go to the next line together. */}
      {actions && <Box sx={{ display: 'flex', gap: 1 }}>{actions}</Box>}
    </Box>
  );
}

function LineButton({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button size="small" color="inherit" variant="outlined" onClick={onClick} sx={{ flex: 'none' }}>
      {children}
    </Button>
  );
}
