import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { LocalMedia, LocalMediaState } from '../../lib/media/local-media.ts';
import { describeProblems } from '../../lib/media/problem-words.ts';

interface MediaProblemsProps {
  media: LocalMedia;
  local: LocalMediaState;
  /** On the stage the words lie over video, and one may put them away. */
  dismissible?: boolean;
}

/** What is wrong with the camera or the microphone, the browser's own steps to mend it, and another try. */
export function MediaProblems({ media, local, dismissible = false }: MediaProblemsProps) {
  const { t } = useTranslation(['meeting', 'common']);
  const problems = { microphone: local.microphone.problem, camera: local.camera.problem };
  return describeProblems(problems, navigator.userAgent).map(({ sources, title, body, steps, retry }) => (
    <Alert
      key={sources.join()}
      severity="warning"
      variant="outlined"
      role="status"
      onClose={dismissible ? () => media.dismissProblems() : undefined}
      closeText={t('dismiss')}
      sx={{ textAlign: 'start', bgcolor: 'background.paper', '& .MuiAlert-message': { flex: 1 } }}
    >
      <AlertTitle>{title}</AlertTitle>
      {body}
      {steps.length > 0 && (
        <Box component="ol" sx={{ pl: 2.5, my: 1 }}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </Box>
      )}
      {retry && (
        <Button
          color="inherit"
          variant="outlined"
          size="small"
          sx={{ display: 'block', mt: 1 }}
          onClick={() => void media.retry(sources)}
        >
          {t('common:tryAgain')}
        </Button>
      )}
    </Alert>
  ));
}
