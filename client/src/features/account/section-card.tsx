import Card from '@mui/material/Card';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import type { ReactNode } from 'react';

interface SectionCardProps {
  title: string;
  /** What it does, where the title alone doesn't say. */
  about?: string;
  children: ReactNode;
}

export function SectionCard({ title, about, children }: SectionCardProps) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} sx={{ p: 3 }}>
      <Stack spacing={2}>
        <Stack spacing={0.5}>
          <Typography id={id} component="h2" variant="h3">
            {title}
          </Typography>
          {about && <Typography sx={{ color: 'text.secondary' }}>{about}</Typography>}
        </Stack>
        {children}
      </Stack>
    </Card>
  );
}
