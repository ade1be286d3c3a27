import Box, { type BoxProps } from '@mui/material/Box';

/** Picture and form side by side; on a phone the picture, the form, and the devices below each other. */
export function PrejoinGrid(props: BoxProps) {
  return (
    <Box
      {...props}
      sx={{
        display: 'grid',
        my: { sm: 'auto' },
        columnGap: { sm: 3, md: 6 },
        rowGap: 3,
        alignItems: 'center',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1.7fr) minmax(0, 1fr)' },
        gridTemplateAreas: {
          xs: '"picture" "form" "devices"',
          sm: '"picture form" "devices form"',
        },
      }}
    />
  );
}
