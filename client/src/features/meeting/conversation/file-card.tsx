/** A file within a message: a picture as it is, everything else by its name, to be saved. */
import DescriptionRounded from '@mui/icons-material/DescriptionRounded';
import DownloadRounded from '@mui/icons-material/DownloadRounded';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { SHOWN_IMAGE_TYPES, type FileView } from '@vcallpe/shared';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../../hooks/use-toast.tsx';
import type { Conversation } from './conversation.ts';
import { formatBytes } from './format-bytes.ts';
import { saveBlob } from './save-blob.ts';

/** A larger picture is fetched only when somebody wants it, bytes. */
const PREVIEW_BYTES = 5_000_000;

interface FileCardProps {
  file: FileView;
  download: Conversation['download'];
}

export function FileCard({ file, download }: FileCardProps) {
  const { t } = useTranslation('conversation');
  const toast = useToast();
  const shown = (SHOWN_IMAGE_TYPES as readonly string[]).includes(file.type) && file.bytes <= PREVIEW_BYTES;
  const save = async () => {
    try {
      saveBlob(await download(file), file.name);
    } catch {
      toast(t('file.notSaved'));
    }
  };
  return (
    <ButtonBase
      onClick={() => void save()}
      sx={{
        display: 'block',
        width: 1,
        mt: 0.5,
        overflow: 'hidden',
        font: 'inherit',
        textAlign: 'start',
        border: 1,
        borderColor: 'stage.border',
        borderRadius: 1,
        bgcolor: 'stage.tile',
      }}
    >
      {shown && <Preview file={file} download={download} />}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, p: 1 }}>
        <DescriptionRounded sx={{ color: 'stage.mutedText' }} />
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Box sx={{ overflowWrap: 'anywhere' }}>{file.name}</Box>
          <Box sx={{ color: 'stage.mutedText', typography: 'caption' }}>{formatBytes(file.bytes)}</Box>
        </Box>
        <DownloadRounded fontSize="small" titleAccess={t('file.save')} />
      </Box>
    </ButtonBase>
  );
}

/** Nothing, until the picture is there; and nothing when it can't be had. */
function Preview({ file, download }: FileCardProps) {
  const { t } = useTranslation('conversation');
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let gone = false;
    download(file).then(
      (blob) => {
        if (gone) return;
        // The type that the server found, whatever else comes with it.
        made = URL.createObjectURL(new Blob([blob], { type: file.type }));
        setUrl(made);
      },
      () => undefined,
    );
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [file, download]);
  return (
    url && (
      <Box
        component="img"
        src={url}
        alt={t('file.preview', { name: file.name })}
        sx={{ display: 'block', width: 1, maxHeight: 220, objectFit: 'contain', bgcolor: 'stage.main' }}
      />
    )
  );
}
