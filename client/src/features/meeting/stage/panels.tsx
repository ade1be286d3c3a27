/** What is open beside the stage. One that fails, or can't be loaded, says so in its place; the meeting goes on. */
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { Component, lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConferenceState } from '../../../conference/state.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Uploads } from '../conversation/use-uploads.ts';
import { SidePanel, type Panel } from './side-panel.tsx';

interface PanelsProps {
  panel: Panel | undefined;
  conversation: Conversation;
  state: ConferenceState;
  uploads: Uploads;
  onClose: () => void;
}

export function Panels({ panel, conversation, state, uploads, onClose }: PanelsProps) {
  const [loaded, setLoaded] = useState(load);
  if (!panel) return null;
  const { PeoplePanel, QualityPanel, ConversationPanel } = loaded;
  const { conference } = conversation;
  return (
    <Guard
      // Another one is tried, whatever became of the one before.
      key={panel}
      fallback={(again) => (
        <BrokenPanel
          onAgain={() => {
            // What could not be loaded once is asked for anew.
            setLoaded(load());
            again();
          }}
          onClose={onClose}
        />
      )}
    >
      <Suspense>
        {panel === 'people' && <PeoplePanel conference={conference} state={state} onClose={onClose} />}
        {panel === 'quality' && <QualityPanel conference={conference} state={state} onClose={onClose} />}
        {(panel === 'chat' || panel === 'polls') && (
          <ConversationPanel
            panel={panel}
            conversation={conversation}
            state={state}
            uploads={uploads}
            onClose={onClose}
          />
        )}
      </Suspense>
    </Guard>
  );
}

/** Each is loaded when it is opened for the first time. */
function load() {
  return {
    PeoplePanel: lazy(() => import('../people/people-panel.tsx')),
    QualityPanel: lazy(() => import('../quality/quality-panel.tsx')),
    ConversationPanel: lazy(() => import('../conversation/conversation-panel.tsx')),
  };
}

interface GuardProps {
  /** In the place of what has failed. @param again tries it once more */
  fallback: (again: () => void) => ReactNode;
  children: ReactNode;
}

/** React tells of what fails while it draws only to a class. */
class Guard extends Component<GuardProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    const { fallback, children } = this.props;
    return this.state.failed ? fallback(() => this.setState({ failed: false })) : children;
  }
}

function BrokenPanel({ onAgain, onClose }: { onAgain: () => void; onClose: () => void }) {
  const { t } = useTranslation('meeting');
  return (
    <SidePanel title={t('panelBroken.title')} onClose={onClose}>
      <Stack role="alert" spacing={2} sx={{ p: 2, alignItems: 'flex-start' }}>
        <span>{t('panelBroken.body')}</span>
        <Button variant="outlined" color="inherit" onClick={onAgain}>
          {t('panelBroken.again')}
        </Button>
      </Stack>
    </SidePanel>
  );
}
