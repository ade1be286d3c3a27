/** Meetings that go on; one can be looked into. */
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { AdminNode, AdminRoom } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { Section } from './section.tsx';

interface RoomsSectionProps {
  node: AdminNode;
  /** Code of the room that is looked into. */
  selected: string | undefined;
  onSelect: (code: string) => void;
}

export function RoomsSection({ node: { rooms, totals }, selected, onSelect }: RoomsSectionProps) {
  const { t } = useTranslation('admin');
  const columns: [Column<AdminRoom>, ...Column<AdminRoom>[]] = [
    {
      key: 'name',
      label: t('rooms.meeting'),
      value: ({ name }) => name,
      cell: ({ name, code }) => (
        <Link
          component="button"
          type="button"
          aria-expanded={code === selected}
          onClick={() => onSelect(code)}
          sx={{
            py: 0.5,
            textAlign: 'left',
            overflowWrap: 'anywhere',
            font: 'inherit',
            // On the tint of the chosen row the accent is too light.
            color: code === selected ? 'text.primary' : undefined,
          }}
        >
          {name}
        </Link>
      ),
      onPhone: true,
    },
    { key: 'code', label: t('rooms.code'), value: ({ code }) => code },
    { key: 'peers', label: t('rooms.peers'), value: ({ peers }) => peers, onPhone: true },
    { key: 'producers', label: t('rooms.producers'), value: ({ producers }) => producers },
    { key: 'consumers', label: t('rooms.consumers'), value: ({ consumers }) => consumers },
    { key: 'routers', label: t('rooms.routers'), value: ({ routers }) => routers },
    { key: 'pipes', label: t('rooms.pipes'), value: ({ pipes }) => pipes },
  ];

  return (
    <Section title={t('rooms.title')}>
      {rooms.length === 0 ? (
        <Notice heading="h2" title={t('rooms.none')} body={t('rooms.noneBody')} />
      ) : (
        <DataTable
          name={t('rooms.title')}
          columns={columns}
          rows={rooms}
          rowKey={({ code }) => code}
          selected={({ code }) => code === selected}
          order={{ key: 'peers', descending: true }}
        />
      )}
      {totals.rooms > rooms.length && (
        <Typography variant="body2" sx={{ px: 2, py: 1.5, color: 'text.secondary' }}>
          {t('rooms.largest', { shown: rooms.length, total: totals.rooms })}
        </Typography>
      )}
    </Section>
  );
}
