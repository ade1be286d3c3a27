import { describe, expect, it } from '@jest/globals';
import { bindingRequest, bindingSuccess, newTransactionId, parseStun } from './stun.ts';

/** The sample request of RFC 5769 section 2.1. */
const SAMPLE = Buffer.from(
  '000100582112a442b7e7a701bc34d686fa87dfae' +
    '802200105354554e207465737420636c69656e74' +
    '002400046e0001ff' +
    '80290008932ff9b151263b36' +
    '000600096576746a3a68367659202020' +
    '000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2' +
    '80280004e57a3bcf',
  'hex',
);
const SAMPLE_PASSWORD = 'VOkJxbRl1RmTxUk/WvJxBt';

const request = (nominate: boolean) =>
  bindingRequest({
    username: 'remote:local',
    password: 'secret',
    tieBreaker: Buffer.alloc(8),
    transactionId: newTransactionId(),
    nominate,
  });

describe('STUN', () => {
  it('reads the sample of RFC 5769', () => {
    const message = parseStun(SAMPLE);
    expect(message).toMatchObject({ kind: 'request', username: 'evtj:h6vY' });
    expect(message?.signedWith(SAMPLE_PASSWORD)).toBe(true);
    expect(message?.signedWith('another')).toBe(false);
  });

  it('notices a changed byte', () => {
    const changed = Buffer.from(SAMPLE);
    changed[60] = (changed[60] ?? 0) ^ 1;
    expect(parseStun(changed)?.signedWith(SAMPLE_PASSWORD)).toBe(false);
  });

  it('writes requests that it reads, with a nomination only when wanted', () => {
    expect(parseStun(request(true))?.signedWith('secret')).toBe(true);
    expect(request(true).length - request(false).length).toBe(4);
  });

  it('answers with the transaction and the address of the request', () => {
    const asked = parseStun(SAMPLE);
    if (!asked) throw new Error('The sample was not read');
    const answer = bindingSuccess(asked, 'secret', '192.0.2.1', 32_853);
    // As in section 2.2 of RFC 5769.
    expect(answer.subarray(20, 32).toString('hex')).toBe('002000080001a147e112a643');
    const read = parseStun(answer);
    expect(read?.kind).toBe('success');
    expect(read?.transactionId).toEqual(asked.transactionId);
    expect(read?.signedWith('secret')).toBe(true);
  });

  it('passes over what is cut off, unsigned, or something else', () => {
    expect(parseStun(SAMPLE.subarray(0, 70))).toBeUndefined();
    expect(parseStun(SAMPLE.subarray(0, 10))).toBeUndefined();
    expect(parseStun(SAMPLE.subarray(0, 20))).toBeUndefined();
    expect(parseStun(Buffer.alloc(40))).toBeUndefined();
  });
});
