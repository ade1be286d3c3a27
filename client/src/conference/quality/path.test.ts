import { describe, expect, it } from '@jest/globals';
import type { StatsEntry } from '../stats.ts';
import { readPath } from './path.ts';

const statsOf = (...entries: StatsEntry[]) => new Map(entries.map((entry) => [entry.id ?? '', entry]));

const PAIR: StatsEntry = {
  id: 'pair',
  type: 'candidate-pair',
  state: 'succeeded',
  nominated: true,
  localCandidateId: 'local',
  remoteCandidateId: 'remote',
  currentRoundTripTime: 0.042,
};
const REMOTE: StatsEntry = { id: 'remote', type: 'remote-candidate', address: '203.0.113.9', port: 40_000 };
const local = (fields: Partial<StatsEntry>): StatsEntry => ({
  id: 'local',
  type: 'local-candidate',
  ...fields,
});

describe('readPath', () => {
  it('follows the pair that the transport names', () => {
    const other = { ...PAIR, id: 'other', localCandidateId: 'gone' };
    const transport = { id: 'transport', type: 'transport', selectedCandidatePairId: 'pair' };
    const stats = statsOf(other, transport, PAIR, REMOTE, local({ candidateType: 'host', protocol: 'udp' }));
    expect(readPath(stats)).toEqual({
      carrier: 'udp',
      relayed: false,
      server: '203.0.113.9:40000',
      rttMs: 42,
    });
  });

  it('takes the nominated pair where there is no transport, as in Firefox', () => {
    const failed = { ...PAIR, id: 'failed', state: 'failed' };
    const stats = statsOf(failed, PAIR, REMOTE, local({ candidateType: 'prflx', protocol: 'tcp' }));
    expect(readPath(stats)).toMatchObject({ carrier: 'tcp', relayed: false });
  });

  it('says how a relay is reached, not how the relay goes on', () => {
    const stats = statsOf(
      PAIR,
      REMOTE,
      local({ candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' }),
    );
    expect(readPath(stats)).toMatchObject({ carrier: 'tls', relayed: true });
  });

  it('knows of no path before there is one', () => {
    expect(readPath(statsOf())).toBeUndefined();
    expect(readPath(statsOf({ ...PAIR, state: 'in-progress' }, REMOTE, local({})))).toBeUndefined();
  });
});
