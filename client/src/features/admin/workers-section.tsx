/** The workers: how busy each is, taking one out of use and back, and how many there are. */
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import type { AdminNode, AdminWorker } from '@vcallpe/shared';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { adminApi } from './admin-api.ts';
import { CpuMeter } from './cpu-meter.tsx';
import type { CpuHistory } from './cpu-history.ts';
import { DataTable, type Column } from './data-table.tsx';
import { formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Section } from './section.tsx';
import { WorkerCount } from './worker-count.tsx';

/** Does one of `adminApi`'s acts, shows what it came to, and never rejects. */
export type Act = (done: string, act: () => Promise<AdminNode>) => Promise<void>;

function stateOf({ state, peers }: AdminWorker): string {
  if (state !== 'draining') return t(`admin:workers.${state}`);
  return peers > 0 ? t('admin:workers.draining') : t('admin:workers.drained');
}

interface WorkersSectionProps {
  node: AdminNode;
  history: CpuHistory;
  act: Act;
}

export function WorkersSection({ node: { workers }, history, act }: WorkersSectionProps) {
  useTranslation('admin');
  const [draining, setDraining] = useState<AdminWorker>();
  const staying = workers.filter(({ state }) => state !== 'retiring');

  const columns: [Column<AdminWorker>, ...Column<AdminWorker>[]] = [
    {
      key: 'index',
      label: t('admin:workers.worker'),
      value: ({ index }) => index,
      cell: ({ index }) => index,
      onPhone: true,
    },
    { key: 'pid', label: t('admin:workers.process'), value: ({ pid }) => pid },
    {
      key: 'state',
      label: t('admin:workers.state'),
      value: stateOf,
      cell: (worker) => (
        <Chip
          size="small"
          variant="outlined"
          color={worker.state === 'serving' ? 'default' : 'warning'}
          label={stateOf(worker)}
        />
      ),
      onPhone: true,
    },
    {
      key: 'cpu',
      label: t('admin:workers.cpu'),
      value: ({ cpu }) => cpu,
      cell: ({ index, pid, cpu }) => (
        <CpuMeter label={t('admin:workers.cpuOf', { index })} cpu={cpu} history={history.get(pid) ?? []} />
      ),
      onPhone: true,
    },
    {
      key: 'load',
      label: t('admin:workers.load'),
      value: ({ load }) => load,
      text: ({ load }) => formatPercent(load),
    },
    { key: 'peers', label: t('admin:workers.peers'), value: ({ peers }) => peers },
    { key: 'routers', label: t('admin:workers.routers'), value: ({ routers }) => routers },
    { key: 'consumers', label: t('admin:workers.consumers'), value: ({ consumers }) => consumers },
  ];

  return (
    <Section title={t('admin:workers.title')} controls={<WorkerCount count={staying.length} act={act} />}>
      <DataTable
        name={t('admin:workers.title')}
        columns={columns}
        rows={workers}
        rowKey={({ index }) => index}
        order={{ key: 'index', descending: false }}
        action={(worker) => (
          <WorkerAction
            worker={worker}
            onDrain={() => setDraining(worker)}
            onUse={() =>
              void act(t('admin:workers.useDone', { index: worker.index }), () =>
                adminApi.undrain(worker.index),
              )
            }
          />
        )}
      />
      {draining && (
        <ConfirmDialog
          title={t('admin:workers.drainAsk', { index: draining.index })}
          action={t('admin:workers.drain')}
          onClose={() => setDraining(undefined)}
          onConfirm={async () => {
            await act(t('admin:workers.drainDone', { index: draining.index }), () =>
              adminApi.drain(draining.index),
            );
            setDraining(undefined);
          }}
        >
          {t('admin:workers.drainMeaning')}
        </ConfirmDialog>
      )}
    </Section>
  );
}

interface WorkerActionProps {
  worker: AdminWorker;
  onDrain: () => void;
  onUse: () => void;
}

function WorkerAction({ worker: { index, state }, onDrain, onUse }: WorkerActionProps) {
  useTranslation('admin');
  // It is about to close, and the number of workers decides.
  if (state === 'retiring') return null;
  return state === 'serving' ? (
    <Button size="small" aria-label={t('admin:workers.drainOne', { index })} onClick={onDrain}>
      {t('admin:workers.drain')}
    </Button>
  ) : (
    <Button size="small" aria-label={t('admin:workers.useOne', { index })} onClick={onUse}>
      {t('admin:workers.use')}
    </Button>
  );
}
