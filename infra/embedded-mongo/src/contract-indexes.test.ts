// Unique, compound, sparse, partial and TTL indexes.
import { expect, it } from '@jest/globals';
import { contract, until } from './contract.ts';

interface Thing {
  _id: number;
  [field: string]: unknown;
}

contract('indexes', (db) => {
  it('keeps a unique key unique and says which one it is', async () => {
    const c = db().collection<Thing>('unique');
    await c.createIndex({ email: 1 }, { unique: true });
    await c.insertOne({ _id: 1, email: 'a' });
    await expect(c.insertOne({ _id: 2, email: 'a' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'a' },
    });
    await expect(c.insertOne({ _id: 1, email: 'b' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
    });
    // A missing field is null, and null is a value like another.
    await c.insertOne({ _id: 3 });
    await expect(c.insertOne({ _id: 4, email: null })).rejects.toMatchObject({ code: 11000 });
    // A key that was given up can be taken again.
    await c.updateOne({ _id: 1 }, { $set: { email: 'c' } });
    await c.insertOne({ _id: 5, email: 'a' });
    await c.deleteOne({ _id: 5 });
    await c.insertOne({ _id: 6, email: 'a' });
    await expect(c.createIndex({ none: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect((await c.indexes()).map(({ name }) => name)).toEqual(['_id_', 'email_1']);
  });

  it('compares keys by value and type', async () => {
    const c = db().collection<Thing>('uniquetypes');
    await c.createIndex({ v: 1 }, { unique: true });
    await c.insertMany(
      [1, '1', true, new Date(1), [2, 3], { a: 1, b: 1 }, { b: 1, a: 1 }, []].map((v, _id) => ({ _id, v })),
    );
    for (const v of [1.0, '1', [3], 2, { a: 1, b: 1 }]) {
      await expect(c.insertOne({ _id: 100, v })).rejects.toMatchObject({ code: 11000 });
    }
  });

  it('keeps compound keys unique', async () => {
    const c = db().collection<Thing>('compound');
    await c.createIndex({ room: 1, user: -1 }, { unique: true });
    await c.insertMany([
      { _id: 1, room: 'a', user: 1 },
      { _id: 2, room: 'a', user: 2 },
      { _id: 3, room: 'b', user: 1 },
    ]);
    await expect(c.insertOne({ _id: 4, room: 'a', user: 2 })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { room: 1, user: -1 },
      keyValue: { room: 'a', user: 2 },
    });
    expect(await c.find({ room: 'a' }).sort({ _id: 1 }).toArray()).toHaveLength(2);
    expect(await c.findOne({ user: 1, room: 'b' })).toMatchObject({ _id: 3 });
    expect(await c.countDocuments({ room: { $in: ['a', 'b'] }, user: { $gt: 1 } })).toBe(1);
    await expect(c.insertOne({ _id: 5, room: [1, 2], user: [1, 2] })).rejects.toMatchObject({ code: 171 });
  });

  it('leaves documents out of sparse and partial indexes, but not out of results', async () => {
    const c = db().collection<Thing>('sparse');
    await c.createIndex({ google: 1 }, { unique: true, sparse: true });
    await c.createIndex({ code: 1 }, { unique: true, partialFilterExpression: { live: true } });
    await c.insertMany([
      { _id: 1, code: 'x', live: false },
      { _id: 2, code: 'x', live: false },
      { _id: 3, code: 'x', live: true, google: 'g' },
    ]);
    await expect(c.insertOne({ _id: 4, code: 'x', live: true })).rejects.toMatchObject({ code: 11000 });
    await expect(c.insertOne({ _id: 4, google: 'g' })).rejects.toMatchObject({ code: 11000 });
    await expect(c.updateOne({ _id: 1 }, { $set: { live: true } })).rejects.toMatchObject({ code: 11000 });
    expect(await c.countDocuments({ google: null })).toBe(2);
    expect(await c.countDocuments({ google: 'g' })).toBe(1);
    expect(await c.countDocuments({ code: 'x' })).toBe(3);
    expect(await c.countDocuments({ code: 'x', live: true })).toBe(1);
    expect(await c.countDocuments({ code: 'x', live: { $in: [true, false] } })).toBe(3);
  });

  it('finds the same with an index as without', async () => {
    const values = [1, 2, 'a', null, [1, 'a'], [], [[1]], { n: 1 }, [{ n: 1 }, { n: 2 }], true, undefined];
    const filters: unknown[] = [
      1,
      'a',
      null,
      [],
      [1],
      [1, 'a'],
      { n: 1 },
      { $in: [1, null] },
      { $in: [[], 'a'] },
      { $gt: 0 },
      /a/,
    ];
    const plain = db().collection<Thing>('plain');
    const indexed = db().collection<Thing>('indexed');
    await indexed.createIndex({ v: 1 });
    await indexed.createIndex({ 'v.n': 1 });
    const docs = values.map((v, _id) => (v === undefined ? { _id } : { _id, v }));
    await plain.insertMany(docs);
    await indexed.insertMany(docs);
    for (const field of ['v', 'v.n']) {
      for (const filter of filters) {
        const [a, b] = await Promise.all(
          [plain, indexed].map((c) =>
            c
              .find({ [field]: filter } as object)
              .sort({ _id: 1 })
              .toArray(),
          ),
        );
        expect({ field, filter, found: b }).toEqual({ field, filter, found: a });
      }
    }
  });

  it('lists and drops indexes, and refuses contradictory ones', async () => {
    const c = db().collection('listing');
    await c.createIndex({ a: 1 }, { unique: true });
    await c.createIndex({ a: 1 }, { unique: true });
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 60, name: 'expiry' });
    expect(await c.indexes()).toMatchObject([
      { name: '_id_', key: { _id: 1 } },
      { name: 'a_1', key: { a: 1 }, unique: true },
      { name: 'expiry', key: { at: 1 }, expireAfterSeconds: 60 },
    ]);
    await expect(c.createIndex({ a: 1 })).rejects.toMatchObject({ code: 86 });
    await expect(c.createIndex({ a: 1 }, { name: 'other', unique: true })).rejects.toMatchObject({
      code: 85,
    });
    await expect(c.createIndex({ a: 1, b: 1 }, { expireAfterSeconds: 1 })).rejects.toMatchObject({
      code: 67,
    });
    await c.dropIndex('a_1');
    await expect(c.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
    await c.insertMany([{ a: 1 }, { a: 1 }]);
    await c.dropIndexes();
    expect(await c.indexes()).toHaveLength(1);
    await expect(db().collection('never').indexes()).rejects.toMatchObject({ code: 26 });
  });

  it(
    'removes what has expired, and only that',
    async () => {
      const c = db().collection<Thing>('ttl');
      await c.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
      const now = Date.now();
      await c.insertMany([
        { _id: 1, at: new Date(now - 5000) },
        { _id: 2, at: [new Date(now - 5000), new Date(now + 3_600_000)] },
        { _id: 3, at: new Date(now + 3_600_000) },
        { _id: 4, at: 'yesterday' },
        { _id: 5 },
        { _id: 6, at: 0 },
      ]);
      await until(async () => (await c.countDocuments({ _id: { $in: [1, 2] } })) === 0);
      expect((await c.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([3, 4, 5, 6]);
    },
    // A mongod sweeps once a minute.
    150_000,
  );
});
