import { describe, expect, it } from '@jest/globals';
import type { DeviceList } from './devices.ts';
import { plugNews } from './hot-plug.ts';

const device = (deviceId: string) => ({ deviceId, label: deviceId.toUpperCase() });
const list = (microphones: string[], cameras: string[] = [], speakers: string[] = []): DeviceList => ({
  microphones: microphones.map(device),
  cameras: cameras.map(device),
  speakers: speakers.map(device),
});

describe('plugNews', () => {
  it('says nothing while all is as it was', () => {
    const same = list(['a', 'b'], ['c']);
    expect(plugNews(same, same, { microphone: 'a', camera: 'c' }, { microphone: 'a' })).toEqual([]);
  });

  it('falls back to what is left when the one in use is gone', () => {
    expect(plugNews(list(['a', 'b']), list(['b']), { microphone: 'a' }, { microphone: 'a' })).toEqual([
      { kind: 'fellBack', source: 'microphone', device: device('b') },
    ]);
  });

  it('has nothing to fall back to when nothing is left', () => {
    expect(plugNews(list(['a']), list([]), { microphone: 'a' }, {})).toEqual([]);
  });

  it('goes back to what was chosen when it is there again', () => {
    expect(plugNews(list(['b']), list(['b', 'a']), { microphone: 'b' }, { microphone: 'a' })).toEqual([
      { kind: 'cameBack', source: 'microphone', device: device('a') },
    ]);
  });

  it('offers what is new, and leaves the choice to the person', () => {
    expect(plugNews(list(['a']), list(['a', 'b']), { microphone: 'a' }, { microphone: 'a' })).toEqual([
      { kind: 'offered', source: 'microphone', device: device('b') },
    ]);
  });

  it('takes names that appear with the permission for nothing new', () => {
    expect(plugNews(list([]), list(['a', 'b'], ['c']), {}, {})).toEqual([]);
  });

  it('does not offer the names of what the system uses', () => {
    expect(plugNews(list(['a']), list(['default', 'a']), { microphone: 'a' }, {})).toEqual([]);
  });

  it('follows each kind by itself, a headset being a microphone and a speaker', () => {
    const before = list(['h', 'a'], [], ['h', 's']);
    const after = list(['a'], [], ['s']);
    const inUse = { microphone: 'h', speaker: 'h' };
    expect(plugNews(before, after, inUse, { microphone: 'h', speaker: 'h' })).toEqual([
      { kind: 'fellBack', source: 'microphone', device: device('a') },
      { kind: 'fellBack', source: 'speaker', device: device('s') },
    ]);
  });
});
