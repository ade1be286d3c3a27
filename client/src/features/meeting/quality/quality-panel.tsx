/** How well the connection is: in a sentence, in figures, over time, and for each stream. */
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import { worst } from '../../../conference/quality/judge.ts';
import type { ConferenceState } from '../../../conference/state.ts';
import { useStore } from '../../../hooks/use-store.ts';
import { SidePanel } from '../stage/side-panel.tsx';
import { CopyDiagnostics } from './copy-diagnostics.tsx';
import { diagnosticsText } from './diagnostics.ts';
import { Charts, Figures } from './figures.tsx';
import { Received, Sent } from './streams.tsx';
import { verdictKey } from './words.ts';

const EDGE = { good: 'stage.accent', weak: 'stage.warning', bad: 'stage.danger' };

interface QualityPanelProps {
  conference: Pick<Conference, 'quality' | 'getState'>;
  state: Pick<ConferenceState, 'status' | 'recovery' | 'others'>;
  onClose: () => void;
}

export default function QualityPanel({ conference, state, onClose }: QualityPanelProps) {
  const { t } = useTranslation('quality');
  const quality = useStore(conference.quality);
  const { now, history } = quality;
  const key = verdictKey(quality, state);
  const { level } = worst(quality.uplink, quality.downlink);
  return (
    <SidePanel title={t('title')} onClose={onClose}>
      <Stack
        spacing={2.5}
        role="group"
        aria-label={t('title')}
        // It scrolls, and holds nothing else that takes the focus.
        tabIndex={0}
        sx={{ flex: 1, minHeight: 0, overflowY: 'auto', px: 2, pb: 2 }}
      >
        <Box
          role="status"
          sx={{
            borderLeft: 3,
            borderColor: EDGE[key === 'away' ? 'weak' : level],
            pl: 1.5,
          }}
        >
          <Typography variant="body2" sx={{ fontWeight: 'fontWeightMedium' }}>
            {t(`verdict.${key}.says`)}
          </Typography>
          <Typography variant="body2" sx={{ color: 'stage.mutedText' }}>
            {t(`verdict.${key}.next`)}
          </Typography>
        </Box>
        {now && <Figures now={now} />}
        <Charts history={history} />
        {now && <Sent sent={now.sent} />}
        {now && <Received received={now.received} others={state.others} />}
      </Stack>
      <CopyDiagnostics text={() => diagnosticsText(quality, conference.getState(), surroundings())} />
    </SidePanel>
  );
}

function surroundings() {
  return {
    at: new Date(),
    // The file of this code, whose name has the hash of what is in it.
    build: new URL(import.meta.url).pathname,
    userAgent: navigator.userAgent,
    language: document.documentElement.lang,
    cores: navigator.hardwareConcurrency,
    pixelRatio: window.devicePixelRatio,
  };
}
