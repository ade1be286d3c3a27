/** How many workers there are, to be changed while meetings go on. */
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { SetWorkersBody, WORKERS_MAX } from '@vcallpe/shared';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { adminApi } from './admin-api.ts';
import type { Act } from './workers-section.tsx';

interface WorkerCountProps {
  /** Now. */
  count: number;
  act: Act;
}

export function WorkerCount({ count, act }: WorkerCountProps) {
  const { t } = useTranslation('admin');
  /** What was typed; undefined follows what is. */
  const [typed, setTyped] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);

  const wanted = SetWorkersBody.safeParse({ count: Number(typed ?? count) }).data?.count;

  async function change() {
    if (wanted === undefined) return;
    setBusy(true);
    await act(t('count.done', { number: wanted }), () => adminApi.setWorkers(wanted));
    setBusy(false);
    setAsking(false);
    setTyped(undefined);
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (wanted === undefined || wanted === count) return;
    if (wanted < count) setAsking(true);
    else void change();
  }

  return (
    <form noValidate onSubmit={onSubmit}>
      <Stack direction="row" spacing={1} sx={{ alignItems: 'center' }}>
        <TextField
          size="small"
          type="number"
          label={t('count.label')}
          value={typed ?? count}
          error={wanted === undefined}
          onChange={({ target }) => setTyped(target.value)}
          sx={{ width: 168 }}
          slotProps={{ htmlInput: { min: 1, max: WORKERS_MAX } }}
        />
        <Button
          type="submit"
          variant="outlined"
          loading={busy}
          disabled={wanted === undefined || wanted === count}
        >
          {t('count.change')}
        </Button>
      </Stack>
      {asking && wanted !== undefined && (
        <ConfirmDialog
          title={t('count.ask', { count: wanted })}
          action={t('count.change')}
          onConfirm={change}
          onClose={() => setAsking(false)}
        >
          {t('count.meaning', { count: count - wanted, first: wanted, last: count - 1 })}
        </ConfirmDialog>
      )}
    </form>
  );
}
