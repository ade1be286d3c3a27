/** Initials as a video, where a picture has to be one: whoever has no camera on is seen in picture-in-picture, too. */
import { theme } from '../../../app/theme.ts';
import { hueOf, initialsOf } from '../../../lib/media/initials.ts';

const SIZE = { width: 640, height: 360 };
const DISC = SIZE.height * 0.42;

/** A stream of one still picture. @throws where the browser draws nothing at all */
export function initialsPicture(participantId: string, displayName: string): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), SIZE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas');
  const stream = canvas.captureStream();
  const { backgroundColor, color } = theme.mixins.person(hueOf(participantId));
  const [x, y] = [SIZE.width / 2, SIZE.height / 2];
  context.fillStyle = theme.palette.stage.tile;
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  context.fillStyle = backgroundColor;
  context.beginPath();
  context.arc(x, y, DISC / 2, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = color;
  context.font = `500 ${DISC * 0.38}px ${theme.typography.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(initialsOf(displayName), x, y);
  return stream;
}
