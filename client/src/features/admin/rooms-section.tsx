/** Meetings that go on; one can be looked into. */
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { AdminNode, AdminRoom } from '@vcallpe/shared';
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
  const columns: [Column<AdminRoom>, ...Column<AdminRoom>[]] = [
    {
      key: 'name',
      label: 'Meeting',
      value: ({ name }) => name,
      cell: ({ name, code }) => (
        <Link
          component="button"
          type="button"
          aria-expanded={code === selected}
          onClick={() => onSelect(code)}
          sx={{ py: 0.5, textAlign: 'left', overflowWrap: 'anywhere', font: 'inherit' }}
        >
          {name}
        </Link>
      ),
      onPhone: true,
    },
    { key: 'code', label: 'Code', value: ({ code }) => code },
    { key: 'peers', label: 'Peers', value: ({ peers }) => peers, onPhone: true },
    { key: 'producers', label: 'Producers', value: ({ producers }) => producers },
    { key: 'consumers', label: 'Consumers', value: ({ consumers }) => consumers },
    { key: 'routers', label: 'Routers', value: ({ routers }) => routers },
    { key: 'pipes', label: 'Pipes', value: ({ pipes }) => pipes },
  ];

  return (
    <Section title="Meetings">
      {rooms.length === 0 ? (
        <Notice heading="h2" title="No meeting goes on" body="One is shown as soon as somebody joins it." />
      ) : (
        <DataTable
          name="Meetings"
          columns={columns}
          rows={rooms}
          rowKey={({ code }) => code}
          selected={({ code }) => code === selected}
          order={{ key: 'peers', descending: true }}
        />
      )}
      {totals.rooms > rooms.length && (
        <Typography variant="body2" sx={{ px: 2, py: 1.5, color: 'text.secondary' }}>
          The {rooms.length} largest of {totals.rooms} meetings are shown.
        </Typography>
      )}
    </Section>
  );
}
