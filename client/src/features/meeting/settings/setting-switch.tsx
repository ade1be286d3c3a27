import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Switch from '@mui/material/Switch';
import Box from '@mui/material/Box';
import { useId } from 'react';

interface SettingSwitchProps {
  label: string;
  /** What it is good for. */
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

export function SettingSwitch({ label, hint, on, onChange }: SettingSwitchProps) {
  const id = useId();
  return (
    <Box>
      <FormControlLabel
        label={label}
        control={
          <Switch
            checked={on}
            onChange={(_, checked) => onChange(checked)}
            slotProps={{ input: { 'aria-describedby': id } }}
          />
        }
      />
      <FormHelperText id={id} sx={{ mt: -0.5, ml: 6 }}>
        {hint}
      </FormHelperText>
    </Box>
  );
}
