import { describe, expect, it } from '@jest/globals';
import { fileTypeOf } from './file-type.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('fileTypeOf', () => {
  it.each([
    ['image/png', latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['image/jpeg', latin1('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['image/gif', latin1('GIF89a\x01\0\x01\0')],
    ['image/webp', latin1('RIFF\x24\0\0\0WEBPVP8 ')],
    ['application/pdf', latin1('%PDF-1.7\n%\xe2\xe3')],
    ['application/zip', latin1('PK\x03\x04\x14\0')],
    ['text/plain', Buffer.from('Grüße aus Köln 👋\r\n')],
    // Looks like text and is: what a browser would make of it does not count.
    ['text/plain', Buffer.from('<svg onload="alert(1)">')],
    ['application/octet-stream', latin1('MZ\x90\0\x03')],
    ['application/octet-stream', latin1('\x7fELF\x02\x01')],
  ])('%s', (type, head) => {
    expect(fileTypeOf(head)).toBe(type);
  });

  it('does not stumble over a head that ends within a character', () => {
    expect(fileTypeOf(Buffer.from('Grüße 👋').subarray(0, -2))).toBe('text/plain');
  });
});
