import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../hooks/use-toast.tsx';

interface CopyIdProps {
  id: string;
  /** Whose id it is. */
  name: string;
}

/** Copies what a log is searched for. */
export function CopyId({ id, name }: CopyIdProps) {
  const { t } = useTranslation('admin');
  const toast = useToast();
  const copy = () => {
    // `clipboard` is always there in the types, and is missing where the page is not secure.
    const written = (navigator.clipboard as Clipboard | undefined)?.writeText(id) ?? Promise.reject();
    written.then(
      () => toast(t('copyId.copied', { name })),
      () => toast(t('copyId.shown', { name, id })),
    );
  };
  return (
    <Tooltip title={id}>
      <IconButton size="small" aria-label={t('copyId.label', { name })} onClick={copy}>
        <ContentCopyRounded fontSize="inherit" />
      </IconButton>
    </Tooltip>
  );
}
