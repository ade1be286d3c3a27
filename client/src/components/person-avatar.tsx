import Avatar from '@mui/material/Avatar';
import { hueOf, initialsOf } from '../lib/media/initials.ts';

interface PersonAvatarProps {
  /** Participant id: the same person has the same hue everywhere. */
  id: string;
  name: string;
}

/** Decoration beside a name that is given in words. */
export function PersonAvatar({ id, name }: PersonAvatarProps) {
  return (
    <Avatar
      aria-hidden
      sx={[{ width: 36, height: 36, typography: 'button' }, (theme) => theme.mixins.person(hueOf(id))]}
    >
      {initialsOf(name)}
    </Avatar>
  );
}
