import Card from '@mui/material/Card';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import type { ReactNode } from 'react';

interface SectionProps {
  title: ReactNode;
  /** At the right of the title. */
  controls?: ReactNode;
  children: ReactNode;
}

/** One part of the admin page. */
export function Section({ title, controls, children }: SectionProps) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id}>
      <Stack
        direction="row"
        useFlexGap
        spacing={2}
        sx={{ flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', px: 2, py: 1.5 }}
      >
        <Typography id={id} component="h2" variant="h3">
          {title}
        </Typography>
        {controls}
      </Stack>
      {children}
    </Card>
  );
}
