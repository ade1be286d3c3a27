/**
 * Which language the page speaks: what was chosen here, else the browser's own where there is a catalogue for it. English
 * is there as soon as this is imported, so that functions which are no components may take their words from `t`.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { browserStore } from '../lib/storage.ts';
import { en } from './en/index.ts';

export type Catalogue = typeof en;

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const STORAGE_KEY = 'vcallpe.language';
const store = browserStore();

/** English comes with the page; what else somebody reads is loaded when it is needed. */
const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<Catalogue>> = {
  de: async () => (await import('./de/index.ts')).de,
};

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en },
  defaultNS: 'common',
  initAsync: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false },
});

/**
 * Words outside of components, as `t('errors:…')`. Whatever draws them has to call `useTranslation`, so that it is drawn
 * anew when the language changes.
 */
export const { t } = i18next;

/** Resolves when the page can be drawn in its language; in English, when the other one can't be loaded. */
export function startI18n(): Promise<void> {
  return speak(preferred()).catch(() => undefined);
}

/** From now on, and next time. @throws when its words can't be loaded */
export async function chooseLanguage(language: Language): Promise<void> {
  store.setItem(STORAGE_KEY, language);
  await speak(language);
}

async function speak(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'common')) {
    const catalogue = await LOADERS[language]();
    for (const [namespace, words] of Object.entries(catalogue)) {
      i18next.addResourceBundle(language, namespace, words);
    }
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function preferred(): Language {
  const wanted = [store.getItem(STORAGE_KEY), ...navigator.languages];
  for (const tag of wanted) {
    const [language] = tag?.split('-') ?? [];
    if (language && Object.hasOwn(LANGUAGES, language)) return language as Language;
  }
  return 'en';
}
