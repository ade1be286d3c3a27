// The architecture, held by lint: imports go one way (see docs/architecture.md).
import js from '@eslint/js';
import globals from 'globals';
import hooks from 'eslint-plugin-react-hooks';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import ts from 'typescript-eslint';

const APPS = ['api-server', 'sfu-server', 'client'];

/** Nothing in `target` may import from `from`. */
const wall = (target, from, message) => ({ target, from, message });

const walls = [
  ...APPS.map((app) =>
    wall(
      `./${app}`,
      [...APPS.filter((other) => other !== app), 'infra/!(embedded-mongo)'].map((other) => `./${other}/**/*`),
      'Apps import shared, never each other.',
    ),
  ),
  wall(
    './shared',
    [...APPS, 'infra'].map((app) => `./${app}/**/*`),
    'shared knows no app.',
  ),

  wall(
    './sfu-server/src/media',
    './sfu-server/src/{room,signaling,ops}/**/*',
    'media knows nothing of rooms.',
  ),
  wall('./sfu-server/src/room', './sfu-server/src/{signaling,ops}/**/*', 'signaling → room → media.'),

  wall(
    './api-server/src/{auth,rooms}/**/*service*.ts',
    './api-server/src/http/**/*',
    'A service never sees a request.',
  ),

  wall(
    './client/src/conference',
    './client/src/{app,features,hooks,components}/**/*',
    'The core stands alone.',
  ),
  wall('./client/src/lib', './client/src/{app,features,hooks,components,conference}/**/*', 'lib is below.'),
  wall('./client/src/{hooks,components}', './client/src/{app,features}/**/*', 'app → features → hooks.'),
  wall(
    './client/src/features',
    './client/src/app/!(layout|theme).{ts,tsx}',
    'app → features, except layout and theme.',
  ),
  ...['landing', 'auth', 'rooms', 'account', 'meeting', 'admin', 'doctor'].map((feature) =>
    wall(
      `./client/src/features/${feature}`,
      `./client/src/features/!(${feature})/**/*`,
      'Features never import each other.',
    ),
  ),
];

const apps = {
  group: APPS.map((app) => `@vcallpe/${app}*`),
  message: 'Apps import shared, never each other.',
};
const browserSafe = { group: ['@vcallpe/shared/db', 'node:*'], message: 'The client runs in a browser.' };

/** Packages that these files may not import. Where several apply, the last one in the list counts alone. */
const packages = (files, patterns) => ({
  files,
  ignores: ['**/*.test.{ts,tsx}', '**/vite.config.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

export default ts.config(
  { ignores: ['**/dist/', '**/node_modules/', '.data/', 'coverage/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs'] })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: walls }],
      'import-x/no-cycle': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  packages(['{api-server,sfu-server}/src/**'], [apps]),
  packages(['client/**'], [apps, browserSafe]),
  packages(
    ['client/src/conference/**'],
    [
      apps,
      browserSafe,
      { group: ['react', 'react-*', '@mui/*'], message: 'The conference core has no React in it.' },
    ],
  ),
  packages(
    ['sfu-server/src/{room,media}/**'],
    [apps, { group: ['socket.io', 'socket.io-*'], message: 'The room speaks to a Channel.' }],
  ),
  packages(
    ['shared/src/*.ts', 'shared/src/{rest,signaling}/**'],
    [
      apps,
      { group: ['mongoose', 'node:*', './db/*', '../db/*'], message: 'shared is browser-safe; see ./db.' },
    ],
  ),
  {
    files: ['client/**/*.{ts,tsx}'],
    languageOptions: { globals: globals.browser },
    ...hooks.configs.flat['recommended-latest'],
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  // Programs that a person runs in a terminal talk to that person; so does a server that could not read its settings.
  { files: ['infra/**', '**/src/index.ts', '**/src/main.ts'], rules: { 'no-console': 'off' } },
);
