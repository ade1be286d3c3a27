import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap(({ href }) => (href ? [href] : []));

describe('linkify', () => {
  afterEach(() => void jest.restoreAllMocks());

  it.each([
    ['See https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    ['(https://example.org/a_(b))', ['https://example.org/a_(b)']],
    ['http://a.org, https://b.org!', ['http://a.org/', 'https://b.org/']],
    ['HTTPS://EXAMPLE.ORG', ['https://example.org/']],
  ])('finds addresses in %s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org',
    'example.org',
    'https://',
    'xhttps://a.org',
  ])('leaves %s as it is', (text) => {
    expect(linkify(text)).toEqual([{ text }]);
  });

  it('loses nothing of the text', () => {
    const text = 'One https://a.org, two (https://b.org/x). Three';
    expect(
      linkify(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it('does with what browsers had before 2024', () => {
    jest.spyOn(URL, 'parse').mockImplementation(() => {
      throw new TypeError('URL.parse is not a function');
    });
    expect(links('See https://a.org, and https://')).toEqual(['https://a.org/']);
  });

  it('takes a quote for the end, so that no address leads out of its attribute', () => {
    expect(links('https://a.org/"onclick="x')).toEqual(['https://a.org/']);
  });
});
