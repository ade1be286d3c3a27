import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { types } from 'mediasoup';
import { whenLayerFlows } from './layer-start.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

class FakeConsumer extends EventEmitter {
  readonly observer = new EventEmitter();
  score: { producerScores: number[] };

  constructor(...producerScores: number[]) {
    super();
    this.score = { producerScores };
  }

  scores(...producerScores: number[]): void {
    this.score = { producerScores };
    this.emit('score', this.score);
  }
}

const LARGE = 2;
function wait(consumer: FakeConsumer): () => number {
  let starts = 0;
  whenLayerFlows(consumer as unknown as types.Consumer, LARGE, () => (starts += 1));
  return () => starts;
}

describe('a picture begins', () => {
  it('at once when its layer flows already, whatever else does', () => {
    expect(wait(new FakeConsumer(0, 0, 10))()).toBe(1);
  });

  it('at once on the highest layer that there is', () => {
    expect(wait(new FakeConsumer(10))()).toBe(1);
  });

  it('when its layer begins, and once', () => {
    const consumer = new FakeConsumer(0, 0, 0);
    const starts = wait(consumer);
    consumer.scores(10, 0, 0);
    consumer.scores(10, 10, 0);
    expect(starts()).toBe(0);
    consumer.scores(10, 10, 10);
    expect(starts()).toBe(1);
    consumer.scores(10, 10, 9);
    jest.runAllTimers();
    expect(starts()).toBe(1);
    expect(consumer.listenerCount('score')).toBe(0);
  });

  it('lower soon after a lower layer, when its own does not come', () => {
    const consumer = new FakeConsumer(0, 0, 0);
    const starts = wait(consumer);
    jest.advanceTimersByTime(500);
    consumer.scores(10, 0, 0);
    jest.advanceTimersByTime(99);
    expect(starts()).toBe(0);
    jest.advanceTimersByTime(1);
    expect(starts()).toBe(1);
  });

  it('after a second although nothing flows, for it is not known what the worker sees', () => {
    const starts = wait(new FakeConsumer(0, 0, 0));
    jest.advanceTimersByTime(999);
    expect(starts()).toBe(0);
    jest.advanceTimersByTime(1);
    expect(starts()).toBe(1);
  });

  it('no longer waits once its consumer is closed', () => {
    const consumer = new FakeConsumer(0, 0, 0);
    wait(consumer);
    consumer.observer.emit('close');
    expect(jest.getTimerCount()).toBe(0);
  });
});
