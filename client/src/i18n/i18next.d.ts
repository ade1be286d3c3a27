import 'i18next';
import type { Catalogue } from './i18n.ts';

// A key that is in no catalogue does not compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Catalogue;
  }
}
