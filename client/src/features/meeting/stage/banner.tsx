import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useReadOut } from '../../../hooks/use-toast.tsx';

interface BannerProps {
  children: string;
  action: { label: string; act: () => void };
}

/** A slim line above the call that says what is wrong with it, with the way out. The call stays visible. */
export function Banner({ children, action: { label, act } }: BannerProps) {
  useReadOut(children);
  return (
    <Box
      data-banner
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'center',
        gap: 2,
        minHeight: 44,
        px: 2,
        py: 0.5,
        borderRadius: 1,
        bgcolor: 'stage.warning',
        color: 'stage.warningContrastText',
      }}
    >
      <span>{children}</span>
      <Button size="small" color="inherit" variant="outlined" onClick={act} sx={{ flex: 'none' }}>
        {label}
      </Button>
    </Box>
  );
}
