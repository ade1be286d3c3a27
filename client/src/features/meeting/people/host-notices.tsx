/** What hosts do to oneself, in words, and who knocks: lines above the call, with what one can do about it. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { may } from '@vcallpe/shared';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import type { ConferenceState } from '../../../conference/state.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
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
      {/* It is there before its words are, so that they are read out. */}
      <div role="status">
        {asked !== undefined && !local.microphone.on && (
          <Line
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
        {state.self && !may(state.self.role, 'microphone') && <Line text={t('viewerHint')} />}
      </div>
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
  const shown = self && may(self.role, 'admit') && first && !viewing;
  const admit = () =>
    void attempt(() =>
      conference.request('admit', { participantIds: lobby.map(({ participantId }) => participantId) }),
    );
  return (
    <div role="status">
      {shown && (
        <Line
          text={
            lobby.length === 1
              ? t('knock.one', { name: first.displayName })
              : t('knock.many', { name: first.displayName, count: lobby.length - 1 })
          }
          actions={
            <>
              <LineButton onClick={onView}>{t('knock.view')}</LineButton>
              <LineButton onClick={admit}>{t('knock.admit')}</LineButton>
            </>
          }
        />
      )}
    </div>
  );
}

function Line({ text, actions }: { text: string; actions?: ReactNode }) {
  return (
    <Box
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
      {actions}
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
