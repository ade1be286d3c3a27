/** Signing in and creating an account in one dialog over the page, so that afterwards one is where one was. */
import CloseRounded from '@mui/icons-material/CloseRounded';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import IconButton from '@mui/material/IconButton';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAuth } from '../../hooks/use-auth.tsx';
import { CreateAccountForm, SignInForm } from './auth-forms.tsx';

const PANEL_ID = 'sign-in-panel';

export function SignInDialog() {
  const { t } = useTranslation(['auth', 'common']);
  const { dialog } = useAuth();
  return (
    <Dialog
      open={dialog.open}
      onClose={dialog.close}
      maxWidth="xs"
      fullWidth
      slotProps={{ paper: { 'aria-label': t('dialog') }, transition: { onExited: keepFocus } }}
    >
      <DialogBody onClose={dialog.close} />
    </Dialog>
  );
}

/** The button that opened the dialog may be gone once one is signed in; then the keyboard goes on at the content. */
function keepFocus() {
  const givenBack = document.getElementById('root')?.contains(document.activeElement);
  if (!givenBack) document.querySelector('main')?.focus();
}

/** Its state begins anew each time the dialog opens. */
function DialogBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['auth', 'common']);
  const [tab, setTab] = useState<'signIn' | 'create'>('signIn');
  const [email, setEmail] = useState('');
  const [switched, setSwitched] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  function switchTo(next: 'signIn' | 'create') {
    // What was typed as email goes along, so that "already has an account" costs one click.
    if (form.current) setEmail(String(new FormData(form.current).get('email') ?? ''));
    setSwitched(true);
    setTab(next);
  }

  const Form = tab === 'signIn' ? SignInForm : CreateAccountForm;
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 3, pt: 1.5 }}>
        <Tabs
          value={tab}
          onChange={(_event, next: 'signIn' | 'create') => switchTo(next)}
          sx={{ mr: 'auto' }}
        >
          <Tab
            value="signIn"
            label={t('common:signIn')}
            id="tab-signIn"
            aria-controls={PANEL_ID}
            sx={{ px: 0, mr: 3, minWidth: 0 }}
          />
          <Tab
            value="create"
            label={t('create')}
            id="tab-create"
            aria-controls={PANEL_ID}
            sx={{ px: 0, minWidth: 0 }}
          />
        </Tabs>
        <IconButton edge="end" aria-label={t('common:close')} onClick={onClose}>
          <CloseRounded />
        </IconButton>
      </Box>
      <DialogContent role="tabpanel" id={PANEL_ID} aria-labelledby={`tab-${tab}`} sx={{ pt: 3 }}>
        <Form key={tab} formRef={form} email={email} autoFocus={!switched} />
      </DialogContent>
    </>
  );
}
