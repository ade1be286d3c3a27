/**
 * A plain, dense table that sorts. On a phone only the columns that say so are shown; the others stand in a line below
 * the row, so that nothing is lost and nothing scrolls sideways.
 */
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import Typography from '@mui/material/Typography';
import { Fragment, useState } from 'react';
import type { ReactNode } from 'react';
import { nextOrder, sortRows, type Order } from './sort-rows.ts';

export interface Column<Row> {
  key: string;
  label: string;
  /** What it is sorted by; a column of numbers stands right. */
  value: (row: Row) => string | number;
  /** `value` as people read it, where that differs. */
  text?: (row: Row) => string;
  /** More than text. */
  cell?: (row: Row) => ReactNode;
  onPhone?: boolean;
}

interface DataTableProps<Row> {
  /** What the table is of, for those who hear it. */
  name: string;
  columns: readonly [Column<Row>, ...Column<Row>[]];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  selected?: (row: Row) => boolean;
  /** To begin with. */
  order: Order;
  /** A last column, that does not sort. */
  action?: (row: Row) => ReactNode;
}

/** Four columns fit on a phone when they stand closer, but at the edges they keep the page's distance. */
const NARROW = { pl: { xs: 0.75, md: 2 }, pr: { xs: 0.75, md: 2 }, '&:first-of-type': { pl: 2 } };
const NARROW_LAST = { ...NARROW, pr: 2 };
/** The line between two rows is below what belongs to the first. */
const UNFOLDED = { xs: 'none', md: 'solid' };

const textOf = <Row,>({ value, text }: Column<Row>, row: Row) => text?.(row) ?? String(value(row));

export function DataTable<Row>({
  name,
  columns,
  rows,
  rowKey,
  selected,
  order: initial,
  action,
}: DataTableProps<Row>) {
  const [order, setOrder] = useState(initial);
  const by = columns.find(({ key }) => key === order.key) ?? columns[0];
  const numeric = (column: Column<Row>) => rows[0] !== undefined && typeof column.value(rows[0]) === 'number';
  const folded = columns.filter(({ onPhone }) => !onPhone);

  const lastOnPhone = action ? undefined : columns.findLast(({ onPhone }) => onPhone);
  const cell = (column: Column<Row>) => {
    if (!column.onPhone) return { display: { xs: 'none', md: 'table-cell' } };
    return column === lastOnPhone ? NARROW_LAST : NARROW;
  };
  const align = (column: Column<Row>) => (numeric(column) && !column.cell ? 'right' : 'left');

  return (
    <TableContainer>
      <Table size="small" aria-label={name} sx={{ fontVariantNumeric: 'tabular-nums' }}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell
                key={column.key}
                align={align(column)}
                sortDirection={order.key === column.key && (order.descending ? 'desc' : 'asc')}
                sx={cell(column)}
              >
                <TableSortLabel
                  active={order.key === column.key}
                  direction={order.key === column.key && order.descending ? 'desc' : 'asc'}
                  onClick={() => setOrder(nextOrder(order, column.key, numeric(column)))}
                >
                  {column.label}
                </TableSortLabel>
              </TableCell>
            ))}
            {/* Each button below says by itself what it does. */}
            {action && <TableCell component="td" sx={NARROW} />}
          </TableRow>
        </TableHead>
        <TableBody>
          {sortRows(rows, by.value, order.descending).map((row) => (
            <Fragment key={rowKey(row)}>
              <TableRow selected={selected?.(row) ?? false}>
                {columns.map((column, index) => (
                  <TableCell
                    key={column.key}
                    align={align(column)}
                    {...(index === 0 && { component: 'th', scope: 'row' })}
                    sx={[cell(column), folded.length > 0 && { borderBottomStyle: UNFOLDED }]}
                  >
                    {column.cell?.(row) ?? textOf(column, row)}
                  </TableCell>
                ))}
                {action && (
                  <TableCell
                    align="right"
                    sx={[NARROW, folded.length > 0 && { borderBottomStyle: UNFOLDED }]}
                  >
                    <Box sx={{ my: -0.5 }}>{action(row)}</Box>
                  </TableCell>
                )}
              </TableRow>
              {folded.length > 0 && (
                <TableRow
                  selected={selected?.(row) ?? false}
                  sx={{ display: { xs: 'table-row', md: 'none' } }}
                >
                  <TableCell colSpan={columns.length + 1} sx={{ pt: 0, color: 'text.secondary' }}>
                    <Typography variant="caption">
                      {folded.map((each) => `${each.label}: ${textOf(each, row)}`).join(' · ')}
                    </Typography>
                  </TableCell>
                </TableRow>
              )}
            </Fragment>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
