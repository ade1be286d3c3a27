import { describe, expect, it } from '@jest/globals';
import { problemOf } from './media-problem.ts';

describe('problemOf', () => {
  it.each([
    ['NotAllowedError', 'Permission denied', 'denied'],
    ['NotAllowedError', 'Permission denied by system', 'deniedBySystem'],
    ['NotFoundError', 'Requested device not found', 'missing'],
    ['NotReadableError', 'Could not start video source', 'inUse'],
    ['AbortError', 'Starting videoinput failed', 'inUse'],
    ['OverconstrainedError', '', 'overconstrained'],
    ['SecurityError', '', 'denied'],
    ['TypeError', 'boom', 'unknown'],
  ])('%s (%s) is %s', (name, message, problem) => {
    expect(problemOf(new DOMException(message, name))).toBe(problem);
  });

  it('treats what is not an error as unknown', () => {
    expect(problemOf('NotAllowedError')).toBe('unknown');
  });
});
