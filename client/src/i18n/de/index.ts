import type { Catalogue } from '../i18n.ts';
import { account } from './account.ts';
import { admin } from './admin.ts';
import { admission } from './admission.ts';
import { app } from './app.ts';
import { auth } from './auth.ts';
import { common } from './common.ts';
import { conversation } from './conversation.ts';
import { doctor } from './doctor.ts';
import { errors } from './errors.ts';
import { fields } from './fields.ts';
import { history } from './history.ts';
import { landing } from './landing.ts';
import { layout } from './layout.ts';
import { media } from './media.ts';
import { meeting } from './meeting.ts';
import { people } from './people.ts';
import { problems } from './problems.ts';
import { quality } from './quality.ts';
import { rooms } from './rooms.ts';
import { settings } from './settings.ts';
import { shortcuts } from './shortcuts.ts';

export const de: Catalogue = {
  account,
  admin,
  admission,
  app,
  auth,
  common,
  conversation,
  doctor,
  errors,
  fields,
  history,
  landing,
  layout,
  media,
  meeting,
  people,
  problems,
  quality,
  rooms,
  settings,
  shortcuts,
};
