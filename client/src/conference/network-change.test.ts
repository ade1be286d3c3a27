import { describe, expect, it } from '@jest/globals';
import { watchNetwork } from './network-change.ts';

/** Navigator.connection of a browser, as Chromium has it. */
class Connection extends EventTarget {
  type?: string;

  changes(type = this.type): void {
    if (type !== undefined) this.type = type;
    this.dispatchEvent(new Event('change'));
  }
}

function watch(type?: string) {
  const connection = Object.assign(new Connection(), type && { type });
  const page = new EventTarget();
  let told = 0;
  const stop = watchNetwork(() => (told += 1), { connection, page });
  return { connection, page, stop, told: () => told };
}

describe('watchNetwork', () => {
  it('tells of another kind of network, once', () => {
    const { connection, told } = watch('wifi');
    connection.changes('cellular');
    connection.changes();
    expect(told()).toBe(1);
    connection.changes('wifi');
    expect(told()).toBe(2);
  });

  it('does not take new estimates of the same network for another one', () => {
    const { connection, told } = watch('wifi');
    connection.changes();
    expect(told()).toBe(0);
    // Chromium on a desktop tells of nothing else.
    const desktop = watch();
    desktop.connection.changes();
    expect(desktop.told()).toBe(0);
  });

  it('tells when the browser is online again, until it is stopped', () => {
    const { connection, page, stop, told } = watch('wifi');
    page.dispatchEvent(new Event('online'));
    expect(told()).toBe(1);
    stop();
    page.dispatchEvent(new Event('online'));
    connection.changes('cellular');
    expect(told()).toBe(1);
  });
});
