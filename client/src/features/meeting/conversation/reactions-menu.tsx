import ButtonBase from '@mui/material/ButtonBase';
import Popover from '@mui/material/Popover';
import Stack from '@mui/material/Stack';
import { REACTIONS, type Reaction } from '@vcallpe/shared';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { describeError } from '../../../lib/errors/words.ts';

interface ReactionsMenuProps {
  conference: Pick<Conference, 'request'>;
  /** The button that opens it, which a phone's bar has no room for. */
  button: RefObject<HTMLElement | null>;
  open: boolean;
  onClose: () => void;
}

/** The reactions to choose from, above their button, or above the bar where that button is hidden. It stays open for more. */
export function ReactionsMenu({ conference, button, open, onClose }: ReactionsMenuProps) {
  const { t } = useTranslation('conversation');
  const toast = useToast();
  const react = (reaction: Reaction) => {
    conference.request('react', { reaction }).catch((error: unknown) => toast(describeError(error).title));
  };
  const anchor = () => {
    const hidden = button.current?.offsetParent === null;
    return hidden ? (button.current?.closest('[role=toolbar]') ?? null) : button.current;
  };
  return (
    <Popover
      open={open}
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
      transformOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': t('react.menu') } }}
    >
      <Stack direction="row" sx={{ p: 0.5 }}>
        {REACTIONS.map((reaction, index) => (
          <ButtonBase
            key={reaction}
            autoFocus={index === 0}
            aria-label={t(`react.${reaction}`)}
            onClick={() => react(reaction)}
            sx={{
              width: 44,
              height: 44,
              fontSize: 24,
              borderRadius: 1,
              '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
            }}
          >
            {reaction}
          </ButtonBase>
        ))}
      </Stack>
    </Popover>
  );
}
