import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../hooks/use-store.ts';
import { preferences } from '../../../lib/preferences.ts';
import { SHORTCUT_LIST } from './list.ts';

/** What the keys do. Lazily loaded. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['shortcuts', 'common']);
  const { letterKeys, pushToTalk } = useStore(preferences);
  const id = useId();
  const shown = SHORTCUT_LIST.filter(
    ({ letter, does }) => (letterKeys || !letter) && (pushToTalk || does !== 'talk'),
  );
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('shortcuts:title')}</DialogTitle>
      {/* On a phone it scrolls, also by keys. */}
      <DialogContent tabIndex={0}>
        <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: '1fr auto', rowGap: 1.25, m: 0 }}>
          {shown.map(({ keys, does }) => (
            <Box key={keys.join()} sx={{ display: 'contents' }}>
              <dt>{t(`shortcuts:does.${does}`)}</dt>
              <Box component="dd" sx={{ m: 0, display: 'flex', gap: 0.5, justifyContent: 'end' }}>
                {keys.map((key) => (
                  <Key key={key} name={key} />
                ))}
              </Box>
            </Box>
          ))}
        </Box>
        {!letterKeys && (
          <Typography variant="body2" sx={{ mt: 2, color: 'text.secondary' }}>
            {t('shortcuts:lettersOff')}
          </Typography>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button autoFocus onClick={onClose}>
          {t('common:close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Names of keys that differ between languages; the others are the same on every keyboard. */
const NAMED = { Space: 'space', Ctrl: 'ctrl', PageUp: 'pageUp', PageDown: 'pageDown' } as const;

function Key({ name }: { name: string }) {
  const { t } = useTranslation('shortcuts');
  return (
    <Box
      component="kbd"
      sx={{
        px: 1,
        minWidth: 28,
        textAlign: 'center',
        fontFamily: 'inherit',
        borderRadius: 1,
        border: 1,
        borderColor: 'divider',
      }}
    >
      {Object.hasOwn(NAMED, name) ? t(`keys.${NAMED[name as keyof typeof NAMED]}`) : name}
    </Box>
  );
}
