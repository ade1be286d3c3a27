import { describe, expect, test } from '@jest/globals';
import { de } from './de/index.ts';
import { en } from './en/index.ts';

type Words = { readonly [key: string]: string | Words };

/** Every text with the way to it, as `errors.codes.TIMEOUT.title`. */
function flatten(words: Words, prefix = ''): [path: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();
const PLURAL = /_(zero|one|two|few|many|other)$/;

const catalogues = { en: new Map(flatten(en)), de: new Map(flatten(de)) };

describe.each(Object.entries(catalogues))('the catalogue in %s', (language, catalogue) => {
  test('has the same keys as the English one', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    // English has the forms one and other; a language has those that are its own.
    const expected = [...catalogues.en.keys()].flatMap((key) => {
      if (!PLURAL.test(key)) return [key];
      return key.endsWith('_other') ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : [];
    });
    expect([...catalogue.keys()].sort()).toEqual(expected.sort());
  });

  test('has the same placeholders in each text', () => {
    const own = [...catalogue].map(([key, text]) => [key, placeholders(text)]);
    const english = [...catalogue.keys()].map((key) => {
      const text = catalogues.en.get(key) ?? catalogues.en.get(key.replace(PLURAL, '_other')) ?? '';
      return [key, placeholders(text)];
    });
    expect(own).toEqual(english);
  });

  test('has words for everything, with the quotes of the language', () => {
    const bad = [...catalogue].filter(([, text]) => text.trim() === '' || /["']/.test(text));
    expect(bad).toEqual([]);
  });
});

test('nothing is left in English', () => {
  // One word may be the same in both, a sentence is not.
  const same = [...catalogues.de].filter(
    ([key, text]) =>
      text === catalogues.en.get(key) && /\p{L}+ \p{L}+/u.test(text.replace(/\{\{.*?\}\}/g, '')),
  );
  expect(same).toEqual([]);
});
