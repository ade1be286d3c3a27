import CloseRounded from '@mui/icons-material/CloseRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import LinearProgress from '@mui/material/LinearProgress';
import { LIMITS } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { formatBytes } from './format-bytes.ts';
import type { Uploads } from './use-uploads.ts';

/** Files on their way, each with how far it is, and those that did not make it. */
export function UploadList({ uploads: { running, cancel } }: { uploads: Uploads }) {
  const { t } = useTranslation('conversation');
  const max = formatBytes(LIMITS.fileBytes);
  return running.map(({ id, name, share, problem }) => (
    <Box key={id} sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 2 }}>
      <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }} role={problem ? 'alert' : undefined}>
        {problem ? (
          t(`file.${problem}`, { name, max })
        ) : (
          <>
            {name}
            <LinearProgress
              aria-label={t('file.uploading', { name })}
              variant="determinate"
              value={share * 100}
            />
          </>
        )}
      </Box>
      <IconButton
        aria-label={problem ? t('file.remove', { name }) : t('file.cancel', { name })}
        onClick={() => cancel(id)}
        sx={{ color: 'inherit' }}
      >
        <CloseRounded fontSize="small" />
      </IconButton>
    </Box>
  ));
}
