import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playTestTone } from '../../../lib/media/test-tone.ts';

/** Plays two notes on the speaker that is chosen. */
export function SpeakerTest({ speakerId }: { speakerId: string | undefined }) {
  const { t } = useTranslation('settings');
  const [state, setState] = useState<'idle' | 'playing' | 'failed'>('idle');
  const play = () => {
    setState('playing');
    playTestTone(speakerId).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <>
      <Button size="small" disabled={state === 'playing'} onClick={play}>
        {state === 'playing' ? t('speakerTest.playing') : t('speakerTest.play')}
      </Button>
      <FormHelperText role="status" error>
        {state === 'failed' ? t('speakerTest.failed') : ''}
      </FormHelperText>
    </>
  );
}
