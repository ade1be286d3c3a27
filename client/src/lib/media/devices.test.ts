import { describe, expect, it } from '@jest/globals';
import { groupDevices } from './devices.ts';

describe('groupDevices', () => {
  it('sorts devices by kind, in the order of the browser', () => {
    const list = groupDevices([
      { kind: 'audioinput', deviceId: 'm1', label: 'Headset' },
      { kind: 'videoinput', deviceId: 'c1', label: 'Front' },
      { kind: 'audiooutput', deviceId: 's1', label: 'Headset' },
      { kind: 'videoinput', deviceId: 'c2', label: 'Back' },
    ]);
    expect(list).toEqual({
      microphones: [{ deviceId: 'm1', label: 'Headset' }],
      cameras: [
        { deviceId: 'c1', label: 'Front' },
        { deviceId: 'c2', label: 'Back' },
      ],
      speakers: [{ deviceId: 's1', label: 'Headset' }],
    });
  });

  it('leaves out the nameless entries that stand for devices before permission', () => {
    const list = groupDevices([
      { kind: 'audioinput', deviceId: '', label: '' },
      { kind: 'videoinput', deviceId: '', label: '' },
    ]);
    expect(list).toEqual({ microphones: [], cameras: [], speakers: [] });
  });

  it('numbers a device that has no name', () => {
    const list = groupDevices([{ kind: 'audioinput', deviceId: 'm1', label: '' }]);
    expect(list.microphones).toEqual([{ deviceId: 'm1', label: 'Microphone 1' }]);
  });
});
