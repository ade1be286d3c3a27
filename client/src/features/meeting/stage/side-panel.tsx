/** The one place beside the stage for chat, people, polls and the quality of the connection; on a phone it lies over the stage. */
import CloseRounded from '@mui/icons-material/CloseRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type Panel = 'chat' | 'people' | 'polls' | 'quality';

/** Of a phone that lies on its side: beside a stage so low, a panel has no room for what is in it. */
const LOW = '@media (max-height: 480px)';
/** Width beside the stage, px. */
const WIDTH = 360;

interface SidePanelProps {
  title: string;
  /** Also on Escape. */
  onClose: () => void;
  children: ReactNode;
}

/** Takes the focus when it opens, and gives it back where it came from when it closes. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const { t } = useTranslation('conversation');
  const id = useId();
  const root = useRef<HTMLElement>(null);
  // Before a field inside takes the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const panel = root.current;
    // What is inside may have taken it already: a field to write in.
    if (!panel?.contains(document.activeElement)) panel?.focus();
    return () => {
      const within = panel?.contains(document.activeElement) || document.activeElement === document.body;
      if (within && before instanceof HTMLElement) before.focus();
    };
  }, [before]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <Box
      ref={root}
      component="aside"
      tabIndex={-1}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
      sx={{
        position: { xs: 'fixed', sm: 'relative' },
        inset: { xs: 0, sm: 'auto' },
        zIndex: { xs: 'drawer', sm: 'auto' },
        width: { xs: 'auto', sm: WIDTH },
        flex: 'none',
        minHeight: 0,
        display: 'flex',
        flexDirection: 'column',
        overflow: 'hidden',
        outline: 'none',
        bgcolor: 'stage.raised',
        color: 'stage.contrastText',
        border: { xs: 0, sm: 1 },
        borderColor: { sm: 'stage.border' },
        borderRadius: { xs: 0, sm: (theme) => theme.vars.shape.tileRadius },
        pb: { xs: 'env(safe-area-inset-bottom)', sm: 0 },
        [LOW]: { position: 'fixed', inset: 0, zIndex: 'drawer', width: 'auto', border: 0, borderRadius: 0 },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', pl: 2, pr: 0.5, minHeight: 52 }}>
        <Typography id={id} component="h2" variant="h3" sx={{ flex: 1 }}>
          {title}
        </Typography>
        <IconButton aria-label={t('panel.close', { title })} onClick={onClose} sx={{ color: 'inherit' }}>
          <CloseRounded />
        </IconButton>
      </Box>
      {children}
    </Box>
  );
}
