// Reading and writing documents, filters, sorts, projections and cursors.
import { expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { contract } from './contract.ts';

const { Binary, Double, Long, ObjectId } = mongoose.mongo.BSON;

contract('documents', (db) => {
  it('keeps every type it accepts exactly', async () => {
    const types = db().collection('types');
    const doc = {
      _id: new ObjectId(),
      string: 'grüß 🪁',
      int: 5,
      double: 1.5,
      big: 2 ** 40,
      long: Long.fromNumber(7),
      whole: new Double(3),
      yes: true,
      nothing: null,
      date: new Date(0),
      bytes: new Binary(Buffer.from([0xff, 0xfe, 0])),
      regex: /a.b/i,
      list: [1, [2, { three: 3 }], []],
      nested: { empty: {}, deep: { er: 'x' } },
    };
    await types.insertOne(doc);
    const stored = await types.findOne({ _id: doc._id });
    expect(stored).toEqual({ ...doc, long: 7, whole: 3 });
  });

  it('finds by every comparison', async () => {
    const c = db().collection<{ _id: number; v?: unknown }>('compare');
    const ids = [new ObjectId('0123456789abcdef01234567'), new ObjectId('0123456789abcdef01234568')] as const;
    await c.insertMany([
      { _id: 1, v: 1 },
      { _id: 2, v: 2.5 },
      { _id: 3, v: 'two' },
      { _id: 4, v: new Date(1000) },
      { _id: 5, v: new Date(2000) },
      { _id: 6, v: ids[0] },
      { _id: 7, v: ids[1] },
      { _id: 8, v: null },
      { _id: 9 },
      { _id: 10, v: [1, 'two', { a: 1 }] },
      { _id: 11, v: { a: 1, b: 2 } },
      { _id: 12, v: new Binary(Buffer.from([0xff])) },
      { _id: 13, v: new Binary(Buffer.from([0xfe])) },
      { _id: 14, v: true },
      { _id: 15, v: [] },
      { _id: 16, v: NaN },
    ]);
    const found = async (v: unknown): Promise<number[]> =>
      (
        await c
          .find({ v } as object)
          .sort({ _id: 1 })
          .toArray()
      ).map(({ _id }) => _id);
    expect(await found(1)).toEqual([1, 10]);
    expect(await found(new Double(1))).toEqual([1, 10]);
    expect(await found(Long.fromNumber(1))).toEqual([1, 10]);
    expect(await found('two')).toEqual([3, 10]);
    expect(await found({ $gt: 1 })).toEqual([2]);
    expect(await found({ $gte: 1, $lt: 2.5 })).toEqual([1, 10]);
    expect(await found({ $gt: new Date(1000) })).toEqual([5]);
    expect(await found({ $gte: new Date(1000), $lt: new Date(2000) })).toEqual([4]);
    expect(await found(ids[0])).toEqual([6]);
    expect(await found({ $in: ids })).toEqual([6, 7]);
    expect(await found({ $gt: ids[0] })).toEqual([7]);
    expect(await found(null)).toEqual([8, 9]);
    expect(await found({ $ne: null })).toEqual([1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16]);
    expect(await found({ $in: [null, true] })).toEqual([8, 9, 14]);
    expect(await found({ $exists: false })).toEqual([9]);
    expect(await found({ $type: 'number' })).toEqual([1, 2, 10, 16]);
    expect(await found({ $type: ['array', 'bool'] })).toEqual([10, 14, 15]);
    expect(await found({ a: 1, b: 2 })).toEqual([11]);
    expect(await found({ b: 2, a: 1 })).toEqual([]);
    expect(await found({ a: 1 })).toEqual([10]);
    expect(await found([1, 'two', { a: 1 }])).toEqual([10]);
    expect(await found([])).toEqual([15]);
    expect(await found({ $size: 3 })).toEqual([10]);
    expect(await found({ $all: [1, 'two'] })).toEqual([10]);
    expect(await found(new Binary(Buffer.from([0xff])))).toEqual([12]);
    expect(await found(/^tw/)).toEqual([3, 10]);
    expect(await found({ $regex: '^TW', $options: 'i' })).toEqual([3, 10]);
    expect(await found({ $not: { $type: ['number', 'date', 'binData', 'objectId'] } })).toEqual([
      3, 8, 9, 11, 14, 15,
    ]);
    expect(await found(NaN)).toEqual([16]);
    expect(await found({ $lt: 5 })).toEqual([1, 2, 10]);
    expect(await found({ $mod: [2, 1] })).toEqual([1, 10]);
    expect(await found({ $elemMatch: { a: 1 } })).toEqual([10]);
    expect(await found({ $elemMatch: { $gte: 1, $lt: 2 } })).toEqual([10]);
  });

  it('looks into arrays on dotted paths', async () => {
    const c = db().collection<{ _id: number; peers?: unknown; a?: unknown }>('dotted');
    await c.insertMany([
      {
        _id: 1,
        peers: [
          { id: 'a', n: 1 },
          { id: 'b', n: 2 },
        ],
      },
      { _id: 2, peers: [{ id: 'a', n: 2 }, { n: 3 }] },
      { _id: 3, peers: [] },
      { _id: 4, peers: 'scalar' },
    ]);
    const found = async (filter: object): Promise<number[]> =>
      (await c.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    expect(await found({ 'peers.id': 'b' })).toEqual([1]);
    expect(await found({ 'peers.id': 'a', 'peers.n': 2 })).toEqual([1, 2]);
    expect(await found({ peers: { $elemMatch: { id: 'a', n: 2 } } })).toEqual([2]);
    expect(await found({ 'peers.0.n': 1 })).toEqual([1]);
    expect(await found({ 'peers.id': null })).toEqual([2, 4]);
    expect(await found({ 'peers.id': { $exists: true } })).toEqual([1, 2]);
    expect(await found({ $or: [{ _id: 3 }, { 'peers.n': 3 }], $nor: [{ _id: 2 }] })).toEqual([3]);
    expect(
      await found({ $expr: { $eq: ['$_id', { $size: { $cond: [{ $isArray: '$peers' }, '$peers', []] } }] } }),
    ).toEqual([2]);
  });

  it('sorts values of all types in one order', async () => {
    const c = db().collection<{ _id: number; v?: unknown }>('sorting');
    const sorted = [
      [],
      null,
      -Infinity,
      -1.5,
      0,
      2,
      10,
      'B',
      'a',
      'é',
      '\u{ffff}',
      '😀',
      { a: 1 },
      { a: 2 },
      new Binary(Buffer.from([1])),
      new ObjectId('000000000000000000000001'),
      new ObjectId('000000000000000000000002'),
      false,
      true,
      new Date(-1),
      new Date(0),
    ];
    await c.insertMany(sorted.map((v, _id) => ({ _id, v })).toReversed());
    const ids = async (direction: 1 | -1): Promise<number[]> =>
      (await c.find().sort({ v: direction }).toArray()).map(({ _id }) => _id);
    expect(await ids(1)).toEqual([...sorted.keys()]);
    expect(await ids(-1)).toEqual([...sorted.keys()].toReversed());
  });

  it('sorts arrays by their least or greatest element, and by several fields', async () => {
    const c = db().collection<{ _id: number; v: number[]; w: number }>('sortarrays');
    await c.insertMany([
      { _id: 1, v: [3, 9], w: 1 },
      { _id: 2, v: [5], w: 1 },
      { _id: 3, v: [4, 4], w: 0 },
    ]);
    const ids = async (sort: Record<string, 1 | -1>): Promise<number[]> =>
      (await c.find().sort(sort).toArray()).map(({ _id }) => _id);
    expect(await ids({ v: 1 })).toEqual([1, 3, 2]);
    expect(await ids({ v: -1 })).toEqual([1, 2, 3]);
    expect(await ids({ w: 1, v: -1 })).toEqual([3, 1, 2]);
    expect((await c.find().sort({ _id: -1 }).skip(1).limit(1).toArray()).map(({ _id }) => _id)).toEqual([2]);
  });

  it('projects', async () => {
    const c = db().collection<{ _id: number }>('projection');
    await c.insertOne({ _id: 1, a: 1, b: { c: 2, d: 3 }, list: [{ x: 1, y: 2 }, { x: 3, y: 4 }, 5] } as {
      _id: number;
    });
    const shown = async (projection: object): Promise<unknown> => c.findOne({}, { projection });
    expect(await shown({ a: 1 })).toEqual({ _id: 1, a: 1 });
    expect(await shown({ a: 1, _id: 0 })).toEqual({ a: 1 });
    expect(await shown({ _id: 1 })).toEqual({ _id: 1 });
    expect(await shown({ a: 0, list: 0 })).toEqual({ _id: 1, b: { c: 2, d: 3 } });
    expect(await shown({ 'b.c': 1, 'list.x': 1 })).toEqual({
      _id: 1,
      b: { c: 2 },
      list: [{ x: 1 }, { x: 3 }],
    });
    expect(await shown({ 'b.c': 0, 'list.x': 0, a: 0 })).toEqual({
      _id: 1,
      b: { d: 3 },
      list: [{ y: 2 }, { y: 4 }, 5],
    });
    expect(await shown({ a: 1, list: { $slice: -1 } })).toEqual({ _id: 1, a: 1, list: [5] });
    expect(await shown({ list: { $elemMatch: { x: 3 } } })).toEqual({ _id: 1, list: [{ x: 3, y: 4 }] });
    await expect(shown({ a: 1, b: 0 })).rejects.toThrow(/exclusion/);
  });

  it('reads results of any length through cursors', async () => {
    const c = db().collection<{ _id: number }>('cursors');
    await c.insertMany(Array.from({ length: 2500 }, (_, _id) => ({ _id })));
    expect(await c.find().sort({ _id: 1 }).toArray()).toHaveLength(2500);
    const cursor = c.find({ _id: { $gte: 10 } }, { batchSize: 7 }).sort({ _id: 1 });
    const ids: number[] = [];
    for await (const { _id } of cursor) {
      ids.push(_id);
      if (ids.length === 100) break;
    }
    expect(ids).toEqual(Array.from({ length: 100 }, (_, i) => i + 10));
    await cursor.close();
    await expect(
      db().command({ getMore: mongoose.mongo.Long.fromNumber(12345), collection: 'cursors' }),
    ).rejects.toMatchObject({ code: 43 });
    const big = db().collection('bigcursor');
    for (let i = 0; i < 5; i += 1) await big.insertOne({ text: 'x'.repeat(9_000_000) });
    expect(await big.find().toArray()).toHaveLength(5);
  });

  it('counts and lists distinct values', async () => {
    const c = db().collection('counting');
    await c.insertMany([{ v: 1 }, { v: [1, 2] }, { v: 'x' }, { w: 1 }]);
    expect(await c.countDocuments({ v: 1 })).toBe(2);
    expect(await c.countDocuments({}, { skip: 1, limit: 2 })).toBe(2);
    expect(await c.estimatedDocumentCount()).toBe(4);
    expect(new Set(await c.distinct('v'))).toEqual(new Set([1, 2, 'x']));
    expect(await db().collection('missing').countDocuments()).toBe(0);
  });

  it('deletes one or all', async () => {
    const c = db().collection('deleting');
    await c.insertMany([{ v: 1 }, { v: 1 }, { v: 1 }, { v: 2 }]);
    expect(await c.deleteOne({ v: 1 })).toMatchObject({ deletedCount: 1 });
    expect(await c.deleteMany({ v: 1 })).toMatchObject({ deletedCount: 2 });
    expect(await c.deleteMany({ v: 1 })).toMatchObject({ deletedCount: 0 });
    expect(await c.countDocuments()).toBe(1);
  });

  it('creates, lists and drops collections and databases', async () => {
    await db().createCollection('made');
    await expect(db().createCollection('made')).rejects.toMatchObject({ code: 48 });
    const names = (await db().listCollections({ name: 'made' }).toArray()).map(({ name }) => name);
    expect(names).toEqual(['made']);
    const { databases } = await db().admin().listDatabases();
    expect(databases.map(({ name }) => name)).toContain(db().databaseName);
    expect(await db().collection('made').drop()).toBe(true);
    expect(await db().listCollections({ name: 'made' }).toArray()).toEqual([]);
  });
});
