// Update operators, upserts, findOneAndUpdate and bulk writes.
import { expect, it } from '@jest/globals';
import { contract, type Db } from './contract.ts';

interface Thing {
  _id: number;
  n?: number;
  m?: number;
  r?: number;
  s?: number;
  x?: number;
  a?: number;
  made?: boolean;
  kind?: string;
  age?: number;
}

/** Puts a document in, updates it, and returns what is there then. */
async function updated(
  db: Db,
  before: object,
  update: object,
  options: object = {},
  filter: object = {},
): Promise<unknown> {
  const c = db.collection<Thing>('things');
  await c.deleteMany({});
  await c.insertOne({ _id: 1, ...before });
  await c.updateOne({ _id: 1, ...filter }, update, options);
  const after = await c.findOne({ _id: 1 }, { projection: { _id: 0 } });
  return after;
}

contract('updates', (db) => {
  it.each([
    ['$set', { a: 1 }, { $set: { a: 2, 'b.c': 3 } }, { a: 2, b: { c: 3 } }],
    ['$set in an array', { a: [1, 2] }, { $set: { 'a.1': 9, 'a.3': 4 } }, { a: [1, 9, null, 4] }],
    [
      '$unset',
      { a: 1, b: { c: 1, d: 2 }, l: [1, 2] },
      { $unset: { a: '', 'b.c': '', 'l.0': '' } },
      { b: { d: 2 }, l: [null, 2] },
    ],
    ['$inc', { a: 1 }, { $inc: { a: 2, b: -1.5 } }, { a: 3, b: -1.5 }],
    ['$mul', { a: 3 }, { $mul: { a: 2, b: 2 } }, { a: 6, b: 0 }],
    ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3, c: 1 }, $max: { b: 3 } }, { a: 3, b: 5, c: 1 }],
    ['$max of dates', { at: new Date(5) }, { $max: { at: new Date(9) } }, { at: new Date(9) }],
    ['$rename', { a: 1 }, { $rename: { a: 'b.c' } }, { b: { c: 1 } }],
    ['$push', { l: [1] }, { $push: { l: [2], m: 1 } }, { l: [1, [2]], m: [1] }],
    ['$push with $slice', { l: [1, 2] }, { $push: { l: { $each: [3, 4], $slice: -3 } } }, { l: [2, 3, 4] }],
    ['$push with $slice into nothing', {}, { $push: { l: { $each: [1, 2, 3], $slice: 2 } } }, { l: [1, 2] }],
    ['$push with $slice 0', { l: [1] }, { $push: { l: { $each: [2], $slice: 0 } } }, { l: [] }],
    [
      '$push with $sort',
      { l: [{ n: 2 }] },
      { $push: { l: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
      { l: [{ n: 1 }, { n: 2 }] },
    ],
    ['$push with $position', { l: [1, 2] }, { $push: { l: { $each: [0], $position: 0 } } }, { l: [0, 1, 2] }],
    [
      '$addToSet',
      { l: [1, { a: 1 }] },
      { $addToSet: { l: { $each: [1, 2, { a: 1 }, 2] }, m: 1 } },
      { l: [1, { a: 1 }, 2], m: [1] },
    ],
    ['$addToSet beside duplicates', { l: ['x', 'x'] }, { $addToSet: { l: 'y' } }, { l: ['x', 'x', 'y'] }],
    ['$addToSet of what is there twice', { l: ['x', 'x'] }, { $addToSet: { l: 'x' } }, { l: ['x', 'x'] }],
    ['$pull', { l: [1, 2, 1] }, { $pull: { l: 1 } }, { l: [2] }],
    [
      '$pull by condition',
      { l: [{ a: 1, b: 2 }, { a: 2 }] },
      { $pull: { l: { a: { $lt: 2 } } } },
      { l: [{ a: 2 }] },
    ],
    ['$pull by operator', { l: [1, 5, 9] }, { $pull: { l: { $gte: 5 } } }, { l: [1] }],
    ['$pullAll', { l: [1, 2, 3] }, { $pullAll: { l: [1, 3] } }, { l: [2] }],
    ['$pop', { l: [1, 2, 3] }, { $pop: { l: -1 } }, { l: [2, 3] }],
    ['$[]', { l: [{ n: 1 }, { n: 2 }] }, { $inc: { 'l.$[].n': 10 } }, { l: [{ n: 11 }, { n: 12 }] }],
    [
      'a pipeline',
      { a: 2, b: 1 },
      [{ $set: { c: { $add: ['$a', '$b'] } } }, { $unset: 'b' }],
      { a: 2, c: 3 },
    ],
  ])('%s', async (_, before, update, after) => {
    expect(await updated(db(), before, update)).toEqual(after);
  });

  it('updates the element that the filter matched', async () => {
    const peers = [
      { id: 'a', n: 1 },
      { id: 'b', n: 1 },
    ];
    expect(await updated(db(), { peers }, { $set: { 'peers.$.n': 5 } }, {}, { 'peers.id': 'b' })).toEqual({
      peers: [
        { id: 'a', n: 1 },
        { id: 'b', n: 5 },
      ],
    });
    expect(
      await updated(
        db(),
        { peers },
        { $set: { 'peers.$.n': 5 } },
        {},
        { peers: { $elemMatch: { id: 'b', n: 1 } } },
      ),
    ).toEqual({
      peers: [
        { id: 'a', n: 1 },
        { id: 'b', n: 5 },
      ],
    });
    await expect(updated(db(), { peers }, { $set: { 'peers.$.n': 5 } })).rejects.toMatchObject({ code: 2 });
  });

  it('updates the elements that arrayFilters choose', async () => {
    const options = { arrayFilters: [{ 'peer.n': { $gt: 1 } }] };
    expect(
      await updated(db(), { l: [{ n: 1 }, { n: 2 }] }, { $set: { 'l.$[peer].big': true } }, options),
    ).toEqual({
      l: [{ n: 1 }, { n: 2, big: true }],
    });
    await expect(updated(db(), { l: [] }, { $set: { 'l.$[other].x': 1 } })).rejects.toMatchObject({
      code: 2,
    });
  });

  it('sets the time with $currentDate', async () => {
    const before = Date.now();
    const after = (await updated(db(), {}, { $currentDate: { at: true } })) as { at: Date };
    // A real server's clock is its own; a day apart would be another bug.
    expect(Math.abs(after.at.getTime() - before)).toBeLessThan(86_400_000);
  });

  it.each([
    ['$inc of text', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$push onto a number', { a: 1 }, { $push: { a: 1 } }, 2],
    ['a field of a scalar', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['a field of null', { a: null }, { $set: { 'a.b': 1 } }, 28],
    ['a name in an array', { a: [] }, { $set: { 'a.b': 1 } }, 28],
    ['two operators on one path', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['a path and its part', { a: {} }, { $set: { a: {}, 'a.b': 1 } }, 40],
    ['another _id', {}, { $set: { _id: 2 } }, 66],
    ['an unknown operator', {}, { $frobnicate: { a: 1 } }, 9],
  ])('refuses %s', async (_, before, update, code) => {
    await expect(updated(db(), before, update)).rejects.toMatchObject({ code });
    expect(
      await db()
        .collection<Thing>('things')
        .findOne({ _id: 1 }, { projection: { _id: 0 } }),
    ).toEqual(before);
  });

  it('tells matched from modified', async () => {
    const c = db().collection('counts');
    await c.insertMany([{ v: 1 }, { v: 1 }, { v: 2 }]);
    expect(await c.updateMany({ v: { $lte: 2 } }, { $set: { v: 1 } })).toMatchObject({
      matchedCount: 3,
      modifiedCount: 1,
    });
    expect(await c.updateOne({ v: 9 }, { $set: { v: 1 } })).toMatchObject({
      matchedCount: 0,
      modifiedCount: 0,
    });
    expect(await c.replaceOne({ v: 1 }, { w: 1 })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await c.countDocuments({ w: 1, v: { $exists: false } })).toBe(1);
  });

  it('upserts from the filter, the update and $setOnInsert', async () => {
    const c = db().collection<Thing>('upserts');
    const update = { $set: { s: 1 }, $setOnInsert: { made: true }, $inc: { n: 1 } };
    const filter = { _id: 7, 'room.code': 'kite', kind: { $in: ['a'] }, age: { $gt: 3 } };
    expect(await c.updateOne(filter, update, { upsert: true })).toMatchObject({
      upsertedId: 7,
      upsertedCount: 1,
      matchedCount: 0,
    });
    expect(await c.findOne({ _id: 7 })).toEqual({
      _id: 7,
      room: { code: 'kite' },
      kind: 'a',
      s: 1,
      made: true,
      n: 1,
    });
    await c.updateOne({ _id: 7 }, { $setOnInsert: { made: false }, $inc: { n: 1 } }, { upsert: true });
    expect(await c.findOne({ _id: 7 })).toMatchObject({ made: true, n: 2 });
    await c.replaceOne({ _id: 8 }, { r: 1 }, { upsert: true });
    expect(await c.findOne({ _id: 8 })).toEqual({ _id: 8, r: 1 });
  });

  it('finds and changes in one step', async () => {
    const c = db().collection<Thing>('fam');
    await c.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    expect(await c.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: -1 } })).toEqual({ _id: 2, n: 2 });
    expect(
      await c.findOneAndUpdate(
        { _id: 2 },
        { $inc: { n: 1 } },
        { returnDocument: 'after', projection: { _id: 0 } },
      ),
    ).toEqual({ n: 13 });
    expect(await c.findOneAndUpdate({ _id: 9 }, { $set: { n: 1 } })).toBeNull();
    expect(await c.findOneAndUpdate({ _id: 3 }, { $set: { n: 3 } }, { upsert: true })).toBeNull();
    expect(
      await c.findOneAndUpdate({ _id: 4 }, { $set: { n: 4 } }, { upsert: true, returnDocument: 'after' }),
    ).toEqual({ _id: 4, n: 4 });
    const raw = await c.findOneAndUpdate(
      { _id: 5 },
      { $set: { n: 5 } },
      { upsert: true, includeResultMetadata: true },
    );
    expect(raw.lastErrorObject).toEqual({ n: 1, updatedExisting: false, upserted: 5 });
    expect(await c.findOneAndReplace({ _id: 5 }, { m: 1 }, { returnDocument: 'after' })).toEqual({
      _id: 5,
      m: 1,
    });
    expect(await c.findOneAndDelete({ n: { $gt: 0 } }, { sort: { _id: -1 } })).toEqual({ _id: 4, n: 4 });
    expect(await c.countDocuments()).toBe(4);
  });

  it('makes one document of many upserts at once', async () => {
    const c = db().collection<{ _id: string; key: string; n: number }>('races');
    await c.createIndex({ key: 1 }, { unique: true });
    const upsert = async (): Promise<unknown> =>
      c.findOneAndUpdate(
        { key: 'room' },
        { $inc: { n: 1 }, $setOnInsert: { winner: true } },
        { upsert: true, returnDocument: 'after' },
      );
    const results = await Promise.allSettled(Array.from({ length: 64 }, upsert));
    const succeeded = results.filter(({ status }) => status === 'fulfilled').length;
    const docs = await c.find().toArray();
    expect(docs).toHaveLength(1);
    expect(docs[0]?.n).toBe(succeeded);
    expect(succeeded).toBeGreaterThan(0);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 11000 });
  });

  it('loses no increment of many at once', async () => {
    const c = db().collection<Thing>('increments');
    await c.insertOne({ _id: 1, n: 0 });
    await Promise.all(Array.from({ length: 100 }, () => c.updateOne({ _id: 1 }, { $inc: { n: 1 } })));
    expect(await c.findOne({ _id: 1 })).toEqual({ _id: 1, n: 100 });
  });

  it('stops an ordered bulk write at the first error, and goes on in an unordered one', async () => {
    const c = db().collection<Thing>('bulk');
    const operations = [
      { insertOne: { document: { _id: 1 } } },
      { insertOne: { document: { _id: 1 } } },
      { insertOne: { document: { _id: 2 } } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { x: 1 } } } },
      { updateOne: { filter: { _id: 3 }, update: { $set: { x: 1 } }, upsert: true } },
      { deleteOne: { filter: { _id: 1 } } },
    ];
    const ordered = await c.bulkWrite(operations).catch((error: unknown) => error);
    expect(ordered).toMatchObject({
      code: 11000,
      result: { insertedCount: 1 },
      writeErrors: [{ index: 1, code: 11000 }],
    });
    expect(await c.countDocuments()).toBe(1);
    await c.deleteMany({});
    const unordered = await c.bulkWrite(operations, { ordered: false }).catch((error: unknown) => error);
    expect(unordered).toMatchObject({
      writeErrors: [{ index: 1, code: 11000 }],
      result: {
        insertedCount: 2,
        modifiedCount: 1,
        upsertedCount: 1,
        upsertedIds: { 4: 3 },
        deletedCount: 1,
      },
    });
    expect(await c.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 2, x: 1 },
      { _id: 3, x: 1 },
    ]);
    const many = await c
      .insertMany([{ _id: 2 }, { _id: 5 }, { _id: 3 }, { _id: 6 }], { ordered: false })
      .catch((error: unknown) => error);
    expect(many).toMatchObject({ insertedCount: 2, writeErrors: [{ index: 0 }, { index: 2 }] });
  });

  it('does not half do a write that fails', async () => {
    const c = db().collection<Thing>('atomic');
    await c.createIndex({ a: 1 }, { unique: true });
    await c.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    await expect(c.updateOne({ _id: 2 }, { $set: { a: 1, b: 1 } })).rejects.toMatchObject({ code: 11000 });
    expect(await c.findOne({ a: 2 })).toEqual({ _id: 2, a: 2 });
    await expect(c.insertOne({ _id: 3, a: 1 })).rejects.toMatchObject({ code: 11000 });
    expect(await c.findOne({ _id: 3 })).toBeNull();
  });

  it('leaves nothing behind of a first write that fails', async () => {
    const c = db().collection<Thing>('fresh');
    const failing = c.updateOne({ _id: 1 }, { $set: { kind: 'x'.repeat(17_000_000) } }, { upsert: true });
    await expect(failing).rejects.toThrow();
    expect(await c.countDocuments()).toBe(0);
    await c.updateOne({ _id: 1 }, { $set: { kind: 'x' } }, { upsert: true });
    expect(await c.findOne()).toEqual({ _id: 1, kind: 'x' });
  });
});
