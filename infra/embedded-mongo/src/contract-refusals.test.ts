// What is refused, by name. The first part holds for any standalone server, the second for the embedded one alone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { contract, type Db } from './contract.ts';
import { startEmbeddedMongo, type EmbeddedMongo } from './index.ts';

const { Decimal128, Long } = mongoose.mongo;

contract('refusals of a standalone server', (db) => {
  it('has no transactions', async () => {
    const command = {
      insert: 'x',
      documents: [{}],
      txnNumber: Long.fromNumber(1),
      startTransaction: true,
      autocommit: false,
    };
    await expect(db().command({ ...command, lsid: { id: new mongoose.mongo.UUID() } })).rejects.toMatchObject(
      { code: 20 },
    );
    expect(await db().collection('x').countDocuments()).toBe(0);
  });

  it('has no change streams', async () => {
    const stream = db().collection('x').watch();
    await expect(stream.next()).rejects.toMatchObject({ code: 40573 });
    await stream.close();
  });

  it.each([
    ['an unknown command', { frobnicate: 1 }, 59],
    ['a write concern of two servers', { insert: 'x', documents: [{}], writeConcern: { w: 2 } }, 2],
    ['an empty batch', { insert: 'x', documents: [] }, 21],
    ['a bad collection name', { insert: '', documents: [{}] }, 73],
    [
      'a group without _id',
      { aggregate: 'x', pipeline: [{ $group: { n: { $sum: 1 } } }], cursor: {} },
      15955,
    ],
    ['a stage with two names', { aggregate: 'x', pipeline: [{ $skip: 1, $limit: 1 }], cursor: {} }, 40323],
    ['a replacement of many', { update: 'x', updates: [{ q: {}, u: { a: 1 }, multi: true }] }, 9],
  ])('refuses %s', async (_, command, code) => {
    await db().collection('made').insertOne({});
    await expect(db().command(command).then(throwWriteError)).rejects.toMatchObject({ code });
  });

  it('refuses a document that is too large, and nesting that is too deep', async () => {
    const c = db().collection<{ _id: number; text?: string }>('large');
    await c.insertOne({ _id: 1, text: 'x'.repeat(10_000_000) });
    await expect(c.updateOne({ _id: 1 }, { $set: { more: 'x'.repeat(10_000_000) } })).rejects.toThrow(
      /large|BSONObj/,
    );
    const deep = Array.from({ length: 250 }).reduce<object>((inner) => ({ inner }), {});
    await expect(db().collection('deep').insertOne(deep)).rejects.toThrow();
    expect(await db().collection('deep').countDocuments()).toBe(0);
  });

  it.each([
    ['$options without $regex', { a: { $options: 'i' } }],
    ['$in without a list', { a: { $in: 1 } }],
    ['an empty $or', { $or: [] }],
    ['an unknown operator', { a: { $near_enough: 1 } }],
    ['an unknown top-level operator', { $frob: 1 }],
    ['operators mixed with fields', { a: { $gt: 1, b: 2 } }],
  ])('refuses a filter with %s', async (_, filter) => {
    await expect(db().collection('made').find(filter).toArray()).rejects.toThrow();
  });
});

/** The driver's `command` returns write errors instead of throwing them. */
function throwWriteError(reply: mongoose.mongo.Document): mongoose.mongo.Document {
  const [error] = (reply['writeErrors'] ?? []) as { code: number }[];
  if (error) throw Object.assign(new Error('write error'), error);
  return reply;
}

describe('what the embedded server alone refuses', () => {
  const dir = mkdtempSync(join(tmpdir(), 'em-'));
  let mongo: EmbeddedMongo;
  let client: mongoose.mongo.MongoClient;
  const db = (): Db => client.db('refusals');
  beforeAll(async () => {
    mongo = await startEmbeddedMongo({ dir });
    client = await new mongoose.mongo.MongoClient(mongo.uri('refusals')).connect();
    await db().collection('c').insertOne({ a: 1 });
  });
  afterAll(async () => {
    await client.close();
    await mongo.close();
    rmSync(dir, { recursive: true });
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      '$text',
      () =>
        db()
          .collection('c')
          .find({ $text: { $search: 'x' } })
          .toArray(),
    ],
    ['$where', () => db().collection('c').find({ $where: 'true' }).toArray()],
    ['$jsonSchema', () => db().collection('c').find({ $jsonSchema: {} }).toArray()],
    [
      '$near',
      () =>
        db()
          .collection('c')
          .find({ a: { $near: [0, 0] } })
          .toArray(),
    ],
    [
      '$function',
      () =>
        db()
          .collection('c')
          .find({ $expr: { $function: { body: 'x', args: [], lang: 'js' } } })
          .toArray(),
    ],
    [
      '$dateToString',
      () =>
        db()
          .collection('c')
          .aggregate([{ $project: { d: { $dateToString: { date: '$a' } } } }])
          .toArray(),
    ],
    [
      '$out',
      () =>
        db()
          .collection('c')
          .aggregate([{ $out: 'other' }])
          .toArray(),
    ],
    [
      '$stdDevPop',
      () =>
        db()
          .collection('c')
          .aggregate([{ $group: { _id: 1, s: { $stdDevPop: '$a' } } }])
          .toArray(),
    ],
    ['collation', () => db().collection('c').find().collation({ locale: 'de' }).toArray()],
    ['hint', () => db().collection('c').find().hint('a_1').toArray()],
    ['capped', () => db().createCollection('capped', { capped: true, size: 1000 })],
    ['validator', () => db().createCollection('valid', { validator: { a: 1 } })],
    ['mapReduce', () => db().command({ mapReduce: 'c', map: 'x', reduce: 'y', out: { inline: 1 } })],
    ["'text'", () => db().collection('c').createIndex({ a: 'text' })],
    [
      "'collation'",
      () =>
        db()
          .collection('c')
          .createIndex({ a: 1 }, { collation: { locale: 'de' } }),
    ],
    [
      'Decimal128',
      () =>
        db()
          .collection('c')
          .insertOne({ a: Decimal128.fromString('1.1') }),
    ],
    ['2^53', () => db().collection('c').insertOne({ a: Long.MAX_VALUE })],
    [
      '$type',
      () =>
        db()
          .collection('c')
          .find({ a: { $type: 'int' } })
          .toArray(),
    ],
    ['snapshot', () => db().command({ find: 'c', readConcern: { level: 'snapshot' } })],
    [
      "'x'",
      () =>
        db()
          .collection('c')
          .find({ a: { $regex: 'a b', $options: 'x' } })
          .toArray(),
    ],
  ])('names %s', async (name, attempt) => {
    await expect(attempt()).rejects.toThrow(new RegExp(name.replaceAll(/[$^]/g, '\\$&')));
  });

  it('still serves the connection afterwards', async () => {
    expect(await db().collection('c').countDocuments()).toBe(1);
  });
});
