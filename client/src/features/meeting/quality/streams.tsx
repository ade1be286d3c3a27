/** What flows, one by one: what this person sends, and what comes from each of the others. */
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { TrackSource } from '@vcallpe/shared';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityNow } from '../../../conference/quality/log.ts';
import type { Participant } from '../../../conference/state.ts';
import { streamWords } from './words.ts';

export function Sent({ sent }: Pick<QualityNow, 'sent'>) {
  const { t } = useTranslation('quality');
  return (
    <Section title={t('streams.sent')} empty={sent.length === 0 ? t('streams.nothingSent') : undefined}>
      {sent.map((stream) => (
        <Stream
          key={stream.source}
          name={t(`streams.${stream.source}`)}
          figures={streamWords(stream)}
          reason={stream.reason && t(`reason.${stream.reason}`)}
        />
      ))}
    </Section>
  );
}

const ORDER = TrackSource.options;

interface ReceivedProps extends Pick<QualityNow, 'received'> {
  /** Whose names are known. */
  others: readonly Participant[];
}

export function Received({ received, others }: ReceivedProps) {
  const { t } = useTranslation('quality');
  const names = new Map(others.map(({ peerId, displayName }) => [peerId, displayName]));
  // By person, in the order of joining. Who has just left is not told of any more.
  const streams = others.flatMap((other) =>
    received
      .filter(({ peerId }) => peerId === other.peerId)
      .sort((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source)),
  );
  return (
    <Section
      title={t('streams.received')}
      empty={streams.length === 0 ? t('streams.nothingReceived') : undefined}
    >
      {streams.map((stream) => (
        <Stream
          key={stream.producerId}
          name={`${names.get(stream.peerId)} · ${t(`streams.${stream.source}`)}`}
          figures={streamWords(stream)}
          reason={stream.reason && t(`reason.${stream.reason}`)}
        />
      ))}
    </Section>
  );
}

function Section({
  title,
  empty,
  children,
}: {
  title: string;
  empty: string | undefined;
  children: ReactNode;
}) {
  return (
    <Box component="section">
      <Typography component="h3" variant="body2" sx={{ fontWeight: 'fontWeightMedium' }}>
        {title}
      </Typography>
      {empty ? (
        <Typography variant="body2" sx={{ color: 'stage.mutedText', mt: 0.5 }}>
          {empty}
        </Typography>
      ) : (
        <Box component="ul" aria-label={title} sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {children}
        </Box>
      )}
    </Box>
  );
}

function Stream({
  name,
  figures,
  reason,
}: {
  name: string;
  figures: readonly string[];
  reason: string | undefined;
}) {
  return (
    <Box
      component="li"
      sx={{ py: 1, borderBottom: 1, borderColor: 'stage.border', '&:last-child': { borderBottom: 0 } }}
    >
      <Typography variant="body2" noWrap title={name}>
        {name}
      </Typography>
      <Typography
        component="div"
        variant="caption"
        sx={{ color: 'stage.mutedText', fontVariantNumeric: 'tabular-nums' }}
      >
        {/* A line breaks between them only. */}
        {figures.map((figure, index) => (
          <Fragment key={index}>
            {index > 0 && ' · '}
            <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
              {figure}
            </Box>
          </Fragment>
        ))}
      </Typography>
      {reason && (
        <Typography component="div" variant="caption">
          {reason}
        </Typography>
      )}
    </Box>
  );
}
