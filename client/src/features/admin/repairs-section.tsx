/** Media that did not flow though it should: how much of it there is now, and where it stopped before it was repaired. */
import Typography from '@mui/material/Typography';
import type { AdminNode, AdminRepair } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from './data-table.tsx';
import { Section } from './section.tsx';

export function RepairsSection({ node: { brokenPairs, repairs } }: { node: AdminNode }) {
  const { t } = useTranslation('admin');
  const columns: [Column<AdminRepair>, ...Column<AdminRepair>[]] = [
    {
      key: 'cause',
      label: t('repairs.cause'),
      value: ({ cause }) => t(`repairs.causes.${cause}`),
      onPhone: true,
    },
    { key: 'steps', label: t('repairs.steps'), value: ({ steps }) => steps, onPhone: true },
  ];
  return (
    <Section
      title={t('repairs.title')}
      controls={<Typography variant="body2">{t('repairs.broken', { count: brokenPairs })}</Typography>}
    >
      <DataTable
        name={t('repairs.title')}
        columns={columns}
        rows={repairs}
        rowKey={({ cause }) => cause}
        order={{ key: 'steps', descending: true }}
      />
    </Section>
  );
}
