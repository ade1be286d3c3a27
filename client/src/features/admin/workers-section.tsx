/** The workers: how busy each is, taking one out of use and back, and how many there are. */
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import type { AdminNode, AdminWorker } from '@vcallpe/shared';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { adminApi } from './admin-api.ts';
import { CpuMeter } from './cpu-meter.tsx';
import type { CpuHistory } from './cpu-history.ts';
import { DataTable, type Column } from './data-table.tsx';
import { formatShare } from './format.ts';
import { Section } from './section.tsx';
import { WorkerCount } from './worker-count.tsx';

/** Does one of `adminApi`'s acts, shows what it came to, and never rejects. */
export type Act = (done: string, act: () => Promise<AdminNode>) => Promise<void>;

function stateOf({ state, peers }: AdminWorker): string {
  if (state === 'serving') return 'in use';
  if (state === 'retiring') return 'closing';
  return peers > 0 ? 'draining' : 'drained';
}

interface WorkersSectionProps {
  node: AdminNode;
  history: CpuHistory;
  act: Act;
}

export function WorkersSection({ node: { workers }, history, act }: WorkersSectionProps) {
  const [draining, setDraining] = useState<AdminWorker>();
  const staying = workers.filter(({ state }) => state !== 'retiring');

  const columns: [Column<AdminWorker>, ...Column<AdminWorker>[]] = [
    { key: 'index', label: 'Worker', value: ({ index }) => index, cell: ({ index }) => index, onPhone: true },
    { key: 'pid', label: 'Process', value: ({ pid }) => pid },
    {
      key: 'state',
      label: 'State',
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
      label: 'CPU',
      value: ({ cpu }) => cpu,
      cell: ({ index, pid, cpu }) => (
        <CpuMeter name={`worker ${index}`} cpu={cpu} history={history.get(pid) ?? []} />
      ),
      onPhone: true,
    },
    { key: 'load', label: 'Load', value: ({ load }) => load, text: ({ load }) => formatShare(load) },
    { key: 'peers', label: 'Peers', value: ({ peers }) => peers },
    { key: 'routers', label: 'Routers', value: ({ routers }) => routers },
    { key: 'consumers', label: 'Consumers', value: ({ consumers }) => consumers },
  ];

  return (
    <Section title="Workers" controls={<WorkerCount count={staying.length} act={act} />}>
      <DataTable
        name="Workers"
        columns={columns}
        rows={workers}
        rowKey={({ index }) => index}
        order={{ key: 'index', descending: false }}
        action={(worker) => (
          <WorkerAction
            worker={worker}
            onDrain={() => setDraining(worker)}
            onUse={() =>
              void act(`Worker ${worker.index} is in use again`, () => adminApi.undrain(worker.index))
            }
          />
        )}
      />
      {draining && (
        <ConfirmDialog
          title={`Drain worker ${draining.index}?`}
          action="Drain"
          onClose={() => setDraining(undefined)}
          onConfirm={async () => {
            await act(`Worker ${draining.index} is being drained`, () => adminApi.drain(draining.index));
            setDraining(undefined);
          }}
        >
          Nobody new is placed on it. Those who are on it reconnect to another worker, which they notice as a
          moment of standstill.
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
  // It is about to close, and the number of workers decides.
  if (state === 'retiring') return null;
  return state === 'serving' ? (
    <Button size="small" aria-label={`Drain worker ${index}`} onClick={onDrain}>
      Drain
    </Button>
  ) : (
    <Button size="small" aria-label={`Use worker ${index} again`} onClick={onUse}>
      Use again
    </Button>
  );
}
