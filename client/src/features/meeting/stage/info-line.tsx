import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useReadOut } from '../../../hooks/use-toast.tsx';

interface InfoLineProps {
  children: string;
  action: { label: string; act: () => void };
}

/** A slim line above the call about a state that is as somebody wanted it, with the way out. */
export function InfoLine({ children, action: { label, act } }: InfoLineProps) {
  useReadOut(children);
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        gap: 2,
        minHeight: 44,
        px: 2,
        py: 0.5,
        borderRadius: 1,
        bgcolor: 'stage.raised',
        color: 'stage.contrastText',
        border: 1,
        borderColor: 'stage.border',
      }}
    >
      <span>{children}</span>
      <Button size="small" color="inherit" variant="outlined" onClick={act} sx={{ flex: 'none' }}>
        {label}
      </Button>
    </Box>
  );
}
